package io.github.autoencoder4j.viz.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Arrays one after another, compressed, as text for a page. Each is described by its place, so that
 * {@code binary.js} finds it; numbers have the least significant byte first.
 */
final class Binary {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds numbers of 32 bits. */
  Map<String, Object> floats(float[] values) {
    ByteBuffer buffer = buffer(4 * values.length);
    buffer.asFloatBuffer().put(values);
    return add("f32", values.length, buffer, 1);
  }

  /** Adds numbers of 16 bits, divided by their largest size. */
  Map<String, Object> halves(float[] values) {
    float scale = PageLayer.scale(values);
    ByteBuffer buffer = buffer(2 * values.length);
    for (float value : values) {
      buffer.putShort(Halves.of(value / scale));
    }
    return add("f16", values.length, buffer, scale);
  }

  /** Adds values in [0, 1] as bytes; what lies outside becomes the nearest. */
  Map<String, Object> bytes(float[][] rows) {
    ByteBuffer buffer = buffer(rows.length == 0 ? 0 : rows.length * rows[0].length);
    for (float[] row : rows) {
      for (float value : row) {
        buffer.put((byte) Math.round(255 * Math.max(0, Math.min(1, value))));
      }
    }
    return add("u8", buffer.capacity(), buffer, 1);
  }

  /** Adds whole numbers from 0 to 65,535. */
  Map<String, Object> indices(int[] values) {
    ByteBuffer buffer = buffer(2 * values.length);
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return add("u16", values.length, buffer, 1);
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Map<String, Object> add(String type, int length, ByteBuffer values, float scale) {
    int offset = bytes.size();
    byte[] written = new byte[values.capacity()];
    values.position(0).get(written);
    bytes.writeBytes(written);
    while (bytes.size() % 4 != 0) {
      bytes.write(0);
    }
    return Map.of("type", type, "offset", offset, "length", length, "scale", scale);
  }

  /** All of it: gzip in base64. */
  String text() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      bytes.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }
}
