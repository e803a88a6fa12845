package io.github.autoencoder4j.datasets.internal.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.autoencoder4j.testing.FuzzChoices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Zips with names, extra fields and comments of any length, every checksum right. */
final class ZipGrammar {

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LONGEST = 0xffff;
  private static final int UNSUPPORTED = 99;
  private static final int MOST_BYTES = 16 << 20;

  private final OutputStream out;
  private final FuzzChoices choices;
  private final byte[] picture;
  private final int crc;
  private long written;

  private ZipGrammar(OutputStream out, FuzzChoices choices, byte[] picture) {
    this.out = out;
    this.choices = choices;
    this.picture = picture;
    CRC32 sum = new CRC32();
    sum.update(picture);
    this.crc = (int) sum.getValue();
  }

  static void write(OutputStream out, FuzzChoices choices, byte[] picture) throws IOException {
    new ZipGrammar(out, choices, picture).all();
  }

  /** What stands in both headers of an entry. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] name, int flags, int method, int packed, int size, int offset) {
    Entry unsupported() {
      return new Entry(name, flags, UNSUPPORTED, packed, size, offset);
    }
  }

  private void all() throws IOException {
    int files = 1 + choices.count(20);
    Entry[] entries = new Entry[files];
    for (int i = 0; i < files; i++) {
      entries[i] = local(i);
    }
    long directory = written;
    byte[] comment = new byte[length()];
    int lines = choices.oneIn(16) ? choices.below(60_000) : files;
    byte[] extra = extra();
    int done = 0;
    while (done < lines && written < MOST_BYTES) {
      Entry entry = entries[done % files];
      // Of a few, pictures are decoded, which takes as long as it takes; the others are left out.
      central(done < files ? entry : entry.unsupported(), done < files ? 0 : done, extra, comment);
      done++;
    }
    byte[] end = new byte[choices.oneIn(8) ? length() : 0];
    ByteBuffer bytes = bytes(22 + end.length).putInt(END).putInt(0);
    bytes.putShort((short) done).putShort((short) done);
    bytes.putInt((int) (written - directory));
    bytes.putInt(choices.oneIn(32) ? choices.number() : (int) directory);
    put(bytes.putShort((short) end.length).put(end));
  }

  private int length() {
    return choices.oneIn(8) ? choices.below(LONGEST + 1) : choices.count(300);
  }

  private Entry local(int number) throws IOException {
    int method = choices.oneIn(4) ? choices.of(1, 6, 9, 12, 14, 93, 99) : choices.of(0, 8);
    byte[] packed = method == 8 ? deflated(picture) : picture;
    byte[] name = (choices.of("dogs/pug/", "../", "a\\", "/") + number).getBytes(ISO_8859_1);
    if (choices.oneIn(8)) {
      int from = name.length;
      name = Arrays.copyOf(name, Math.min(LONGEST, from + length()));
      Arrays.fill(name, from, name.length, (byte) (char) choices.of('n', '/', '\u00e4'));
    }
    int flags = choices.oneIn(8) ? choices.of(1, 8, 0x800, 0x2000) : 0;
    int size = choices.oneIn(16) ? choices.number() : picture.length;
    Entry entry = new Entry(name, flags, method, packed.length, size, (int) written);
    byte[] extra = choices.oneIn(8) ? extra() : new byte[0];
    ByteBuffer header = bytes(30 + name.length + extra.length);
    header.putInt(LOCAL).putShort((short) 20);
    common(header, entry, extra.length);
    put(header.put(name).put(extra));
    put(ByteBuffer.wrap(packed).position(packed.length));
    return entry;
  }

  /** Flags, method, time, checksum, sizes and lengths. */
  private void common(ByteBuffer header, Entry entry, int extra) {
    header.putShort((short) entry.flags).putShort((short) entry.method).putInt(0).putInt(crc);
    header.putInt(entry.packed).putInt(entry.size);
    header.putShort((short) entry.name.length).putShort((short) extra);
  }

  private void central(Entry entry, int copy, byte[] extra, byte[] comment) throws IOException {
    byte[] suffix = copy == 0 ? new byte[0] : Integer.toString(copy).getBytes(ISO_8859_1);
    byte[] name = Arrays.copyOf(entry.name, Math.min(LONGEST, entry.name.length + suffix.length));
    System.arraycopy(suffix, 0, name, entry.name.length, name.length - entry.name.length);
    Entry named =
        new Entry(name, entry.flags, entry.method, entry.packed, entry.size, entry.offset);
    ByteBuffer header = bytes(46 + name.length + extra.length + comment.length);
    header.putInt(CENTRAL).putShort((short) 20).putShort((short) 20);
    common(header, named, extra.length);
    header.putShort((short) comment.length).putShort((short) 0).putShort((short) 0);
    header.putInt(choices.oneIn(16) ? choices.number() : 0);
    header.putInt(choices.oneIn(16) ? choices.number() : entry.offset);
    put(header.put(name).put(extra).put(comment));
  }

  /** Fields of an identity, a length and a content; the shortest are many objects in memory. */
  private byte[] extra() {
    ByteBuffer fields = bytes(length());
    int content = choices.oneIn(2) ? 0 : choices.count(64);
    short identity = choices.of(1, 0x7075, 0x5455, 0x7875, 0x9901, 0xcafe, 0xd935).shortValue();
    while (fields.remaining() >= 4 + content) {
      fields.putShort(identity).putShort((short) (choices.oneIn(64) ? choices.number() : content));
      fields.position(fields.position() + content);
    }
    return content(fields.position(fields.capacity()));
  }

  private static byte[] deflated(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater =
        new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED, true))) {
      deflater.write(content);
    }
    return packed.toByteArray();
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void put(ByteBuffer bytes) throws IOException {
    written += bytes.position();
    out.write(content(bytes));
  }

  /** What stands before the position. */
  private static byte[] content(ByteBuffer bytes) {
    byte[] content = new byte[bytes.position()];
    bytes.flip().get(content);
    return content;
  }
}
