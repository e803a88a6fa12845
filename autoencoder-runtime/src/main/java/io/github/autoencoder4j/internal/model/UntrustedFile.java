package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.exception.UnreadableModelException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The bytes of a file that is not trusted, and what is said of it if they are wrong. */
final class UntrustedFile implements AutoCloseable {

  private static final int MAX_REASON = 500;

  private final Path file;
  private final Bytes bytes;
  private final Closeable channel;
  private final long size;

  private UntrustedFile(Path file, Bytes bytes, Closeable channel, long size) {
    this.file = file;
    this.bytes = bytes;
    this.channel = channel;
    this.size = size;
  }

  /** Where the bytes come from. */
  @FunctionalInterface
  private interface Bytes {

    /** Reads some, from a position on; less than 0 at the end. */
    int read(ByteBuffer target, long position) throws IOException;
  }

  /** A file that lies in memory. */
  static UntrustedFile of(Path name, byte[] content) {
    return new UntrustedFile(
        name,
        (target, position) -> {
          int n = (int) Math.min(target.remaining(), content.length - position);
          if (n <= 0) {
            return -1;
          }
          target.put(content, (int) position, n);
          return n;
        },
        () -> {},
        content.length);
  }

  static UntrustedFile open(Path file) throws IOException {
    // Asked once: a run may delete its older checkpoints at any time.
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new UnreadableModelException(file, 0, "it is a folder or a device, not a file");
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new UntrustedFile(file, channel::read, channel, channel.size());
    } catch (Throwable failure) {
      channel.close();
      throw failure;
    }
  }

  /** How many bytes it has. */
  long size() {
    return size;
  }

  /** Needs a length that was held against the size of the file. */
  ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer bytes = StoredEntry.wrap(new byte[length]);
    fill(offset, bytes);
    return bytes.flip();
  }

  void fill(long offset, ByteBuffer target) throws IOException {
    long position = offset;
    while (target.hasRemaining()) {
      int n = bytes.read(target, position);
      if (n < 0) {
        throw unreadable(position, "the file ends");
      }
      position += n;
    }
  }

  void requireBytes(long offset, ByteBuffer actual, byte[] expected) {
    int difference = ByteBuffer.wrap(expected).mismatch(actual);
    if (difference >= 0) {
      throw unreadable(
          offset + difference,
          "there is byte 0x%02x where a model file has 0x%02x"
              .formatted(actual.get(actual.position() + difference), expected[difference]));
    }
  }

  UnreadableModelException unreadable(long offset, String reason) {
    return new UnreadableModelException(file, offset, harmless(reason));
  }

  /** A reason may quote the file, which is not to rule a log or a terminal. */
  private static String harmless(String reason) {
    String text = reason.replaceAll("\\p{Cntrl}", "?");
    return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + " ...";
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
