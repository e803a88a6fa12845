package io.github.autoencoder4j.datasets.internal.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.autoencoder4j.testing.FuzzChoices;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Tars of every kind of entry and extended header, of any length, every checksum right. */
final class TarGrammar {

  private static final int BLOCK = 512;
  private static final int MOST_ENTRIES = 400;

  /** Longer than any reader should keep in memory. */
  private static final int LONGEST = 24 << 20;

  private final OutputStream out;
  private final FuzzChoices choices;
  private final byte[] picture;

  private TarGrammar(OutputStream out, FuzzChoices choices, byte[] picture) {
    this.out = out;
    this.choices = choices;
    this.picture = picture;
  }

  static void write(OutputStream out, FuzzChoices choices, byte[] picture) throws IOException {
    new TarGrammar(out, choices, picture).all();
  }

  private void all() throws IOException {
    for (int left = 1 + choices.count(MOST_ENTRIES); left > 0; left--) {
      one(left);
    }
    zeros(choices.oneIn(8) ? choices.below(3 * BLOCK) : 2 * BLOCK);
  }

  private void one(int number) throws IOException {
    switch (choices.below(16)) {
      case 0 -> longName('L');
      case 1 -> longName('K');
      case 2 -> attributes('x');
      case 3 -> attributes('g');
      case 4 -> sparse();
      case 5 -> put("dogs/", 0, '5', "ustar\00000");
      case 6 -> put("link", 0, choices.of('1', '2'), "ustar\00000");
      case 7 -> put("device", 0, choices.of('3', '4', '6', '7', 'Z'), "ustar\00000");
      case 8 -> {
        put("lie", choices.number(), '0', "ustar\00000");
        content(picture.length);
      }
      default -> {
        String name = choices.of("dogs/pug/", "../", "/", "C:\\", "\u00ff/", "") + number;
        int size = choices.oneIn(4) ? choices.count(4 * BLOCK) : picture.length;
        put(name, size, choices.of('0', '\0'), choices.of("ustar\00000", "ustar  \0", ""));
        content(size);
      }
    }
  }

  private int length() {
    return choices.oneIn(16) ? many(LONGEST) : choices.count(5_000);
  }

  /** Seldom near the most, since that takes long to write, and readers give up long before. */
  private int many(int most) {
    return choices.below(most) >> choices.below(8);
  }

  private void longName(char type) throws IOException {
    int length = length();
    put("././@LongLink", length, type, "ustar  \0");
    padded(length, choices.of("d", "d/", "\0", "\u00fc"));
  }

  /** Records of a length, a key and a value, or what should be some. */
  private void attributes(char type) throws IOException {
    String key =
        choices.of("comment", "path", "linkpath", "GNU.sparse.name", "GNU.sparse.map", "k", "size");
    String value =
        choices
            .of("", "1", "1,1,", "9999999999999999999999", "-1", "x/y.png")
            .repeat(1 + choices.count(50));
    if (choices.oneIn(16)) {
      // One record with a long value.
      int length = length();
      int total = length + key.length() + 3 + Integer.toString(length + 20).length();
      put("PaxHeader", total, type, "ustar\00000");
      padded(total, total + " " + key + "=", "v");
      return;
    }
    int many = choices.oneIn(16) ? many(1 << 20) : choices.count(2_000);
    StringBuilder records = new StringBuilder();
    for (int i = Math.min(many, 3_000); i >= 0; i--) {
      String record = " " + key + (choices.oneIn(2) ? "" : i) + "=" + value + "\n";
      int length = record.length();
      length += Integer.toString(length + Integer.toString(length).length()).length();
      records.append(choices.oneIn(32) ? choices.number() : length).append(record);
    }
    byte[] bytes = records.toString().getBytes(UTF_8);
    int times = Math.max(1, Math.min(1 + many / 3_000, LONGEST / bytes.length));
    long length = (long) bytes.length * times;
    put("PaxHeader", length, type, "ustar\00000");
    for (int i = 0; i < times; i++) {
      out.write(bytes);
    }
    zeros(padding(length));
  }

  /** The map of a sparse file of old GNU tar goes on in blocks behind the header. */
  private void sparse() throws IOException {
    int blocks = choices.oneIn(16) ? choices.below(20_000) : choices.count(60);
    byte[] block = header("sparse", picture.length, 'S', "ustar  \0");
    for (int i = 0; i < 4; i++) {
      part(block, 386 + 24 * i);
    }
    block[482] = (byte) (blocks > 0 ? 1 : 0);
    octal(block, 483, 12, choices.oneIn(2) ? picture.length : choices.number());
    sum(block);
    out.write(block);
    for (int left = blocks; left > 0; left--) {
      byte[] more = new byte[BLOCK];
      for (int i = 0; i < 21; i++) {
        part(more, 24 * i);
      }
      more[504] = (byte) (left > 1 ? 1 : 0);
      out.write(more);
    }
    content(picture.length);
  }

  private void part(byte[] block, int at) {
    octal(block, at, 12, choices.oneIn(64) ? choices.number() : 1);
    octal(block, at + 12, 12, choices.oneIn(64) ? choices.number() : 1);
  }

  private void put(String name, long size, char type, String magic) throws IOException {
    out.write(header(name, size, type, magic));
  }

  /** The header of an entry. */
  static byte[] header(String name, long size, char type, String magic) {
    byte[] block = new byte[BLOCK];
    put(block, 0, name);
    put(block, 100, "0000644\0000000000\0000000000");
    if (size < 0) {
      block[124] = (byte) 0xff; // binary
      Arrays.fill(block, 125, 136, (byte) 0xff);
    } else {
      octal(block, 124, 12, size);
    }
    octal(block, 136, 12, 0);
    block[156] = (byte) type;
    put(block, 157, "elsewhere");
    put(block, 257, magic);
    sum(block);
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  /** By hand, since a map of a sparse file has thousands of numbers. */
  private static void octal(byte[] block, int at, int length, long value) {
    long left = Math.max(0, value);
    for (int i = at + length - 2; i >= at; i--) {
      block[i] = (byte) ('0' + (left & 7));
      left >>>= 3;
    }
  }

  /** Makes the checksum of a header right. */
  static void sum(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte value : block) {
      sum += Byte.toUnsignedInt(value);
    }
    octal(block, 148, 7, sum);
    block[154] = 0;
  }

  private void content(int size) throws IOException {
    out.write(picture, 0, Math.min(size, picture.length));
    zeros(Math.max(0, size - picture.length));
    zeros(padding(size));
  }

  private void padded(int length, String... parts) throws IOException {
    byte[] first = parts[0].getBytes(ISO_8859_1);
    int at = Math.min(first.length, parts.length > 1 ? length : 0);
    out.write(first, 0, at);
    byte[] rest = parts[parts.length - 1].repeat(4_096).getBytes(ISO_8859_1);
    for (; at < length; at += rest.length) {
      out.write(rest, 0, Math.min(rest.length, length - at));
    }
    zeros(padding(length));
  }

  private static int padding(long length) {
    return (int) ((BLOCK - length % BLOCK) % BLOCK);
  }

  private void zeros(int count) throws IOException {
    out.write(new byte[count]);
  }
}
