package io.github.autoencoder4j.datasets.internal.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.ImmutableIntArray;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import io.github.autoencoder4j.datasets.internal.items.Skipped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A block of values at the end of a file, followed by its length, its checksum and a magic number,
 * so that a look at the end tells whether a file is whole. Numbers are big-endian.
 */
final class SealedBlock {

  private static final int VERSION = 1;

  /** Length, checksum, magic number. */
  private static final int SEAL = 4 + 4 + 8;

  private static final long MAGIC = 0x4145344A_5041434BL; // "AE4JPACK"

  private SealedBlock() {}

  /** What a block holds. */
  @FunctionalInterface
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  static byte[] seal(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(VERSION);
      content.writeTo(new Writer(out));
      byte[] block = bytes.toByteArray();
      out.writeInt(block.length);
      out.writeInt(checksum(block));
      out.writeLong(MAGIC);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the block at the end of a file. Its length is believed only as far as the file reaches,
   * its content only if it matches the checksum.
   *
   * @throws BrokenPictureException if there is none or it was changed
   */
  static Reader open(FileChannel file) throws IOException {
    long size = file.size();
    if (size < SEAL) {
      throw new BrokenPictureException("is cut off: it has no seal at its end");
    }
    ByteBuffer seal = ByteBuffer.wrap(read(file, size - SEAL, SEAL));
    int length = seal.getInt();
    int expected = seal.getInt();
    if (seal.getLong() != MAGIC || length < 0 || length > size - SEAL) {
      throw new BrokenPictureException("is cut off or damaged: it has no seal at its end");
    }
    byte[] block = read(file, size - SEAL - length, length);
    if (checksum(block) != expected) {
      throw new BrokenPictureException("is damaged: its list of records differs from its checksum");
    }
    Reader reader = new Reader(new DataInputStream(new ByteArrayInputStream(block)), length + SEAL);
    int version = reader.number();
    if (version != VERSION) {
      throw new BrokenPictureException(
          "is of version %s, but this library reads version %s".formatted(version, VERSION));
    }
    return reader;
  }

  private static byte[] read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw new BrokenPictureException("shrank while it was read");
      }
    }
    return buffer.array();
  }

  private static int checksum(byte[] block) {
    CRC32C checksum = new CRC32C();
    checksum.update(block);
    return (int) checksum.getValue();
  }

  /** Writes values. */
  record Writer(DataOutputStream out) {

    void number(int value) throws IOException {
      out.writeInt(value);
    }

    void longNumber(long value) throws IOException {
      out.writeLong(value);
    }

    void numbers(ImmutableIntArray values) throws IOException {
      number(values.length());
      for (int i = 0; i < values.length(); i++) {
        number(values.get(i));
      }
    }

    void text(String value) throws IOException {
      byte[] bytes = value.getBytes(UTF_8);
      number(bytes.length);
      out.write(bytes);
    }

    void texts(List<String> values) throws IOException {
      number(values.size());
      for (String value : values) {
        text(value);
      }
    }

    void skippedFiles(List<Skipped> files) throws IOException {
      number(files.size());
      for (Skipped file : files) {
        text(file.file());
        text(file.reason());
      }
    }
  }

  /**
   * Reads them in the same order.
   *
   * @param sealedLength how long block and seal are together
   */
  record Reader(DataInputStream in, long sealedLength) {

    int number() throws IOException {
      require(Integer.BYTES);
      return in.readInt();
    }

    long longNumber() throws IOException {
      require(Long.BYTES);
      return in.readLong();
    }

    /** Nothing is believed to be longer than the block that holds it. */
    private void require(int bytes) throws IOException {
      if (bytes < 0 || bytes > in.available()) {
        throw new BrokenPictureException("is damaged: it speaks of more than it holds");
      }
    }

    /** The length of a list, each of whose items takes a number at least. */
    private int count() throws IOException {
      int count = number();
      require(count > in.available() / Integer.BYTES ? -1 : count);
      return count;
    }

    ImmutableIntArray numbers() throws IOException {
      ImmutableIntArray.Builder values = ImmutableIntArray.builder();
      for (int left = count(); left > 0; left--) {
        values.add(number());
      }
      return values.build();
    }

    String text() throws IOException {
      int length = number();
      require(length);
      try {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readNBytes(length))).toString();
      } catch (CharacterCodingException e) {
        throw new BrokenPictureException("is damaged: it holds a text that is none");
      }
    }

    List<String> texts() throws IOException {
      List<String> values = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        values.add(text());
      }
      return List.copyOf(values);
    }

    List<Skipped> skippedFiles() throws IOException {
      List<Skipped> files = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        files.add(new Skipped(text(), text()));
      }
      return List.copyOf(files);
    }

    /** Refuses what nobody asked for. */
    void end() throws IOException {
      if (in.available() > 0) {
        throw new BrokenPictureException("is damaged: it holds more than belongs there");
      }
    }
  }
}
