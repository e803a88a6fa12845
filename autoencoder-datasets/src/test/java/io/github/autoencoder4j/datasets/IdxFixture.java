package io.github.autoencoder4j.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes IDX bytes, right and wrong ones, independently of the reader under test. */
public final class IdxFixture {

  private IdxFixture() {}

  public static byte[] images(int count, int rows, int columns, byte[] pixels) {
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(0x00000803)
        .putInt(count)
        .putInt(rows)
        .putInt(columns)
        .put(pixels)
        .array();
  }

  public static byte[] labels(int count, byte... labels) {
    return ByteBuffer.allocate(8 + labels.length)
        .putInt(0x00000801)
        .putInt(count)
        .put(labels)
        .array();
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  public static Path write(Path folder, String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
