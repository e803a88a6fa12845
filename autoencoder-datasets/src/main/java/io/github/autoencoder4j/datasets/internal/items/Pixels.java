package io.github.autoencoder4j.datasets.internal.items;

import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.Objects;

/** Between pixels as bytes and pixels in [0, 1]. */
public final class Pixels {

  private static final float[] UNIT = new float[256];

  static {
    for (int i = 0; i < 256; i++) {
      UNIT[i] = i / 255f;
    }
  }

  private Pixels() {}

  /**
   * Writes pixels as values in [0, 1].
   *
   * @param pixels one byte a value
   * @param destination where to
   * @param offset of the first value
   * @throws IndexOutOfBoundsException if there is no room
   */
  public static void toUnit(byte[] pixels, float[] destination, int offset) {
    Objects.checkFromIndexSize(offset, pixels.length, destination.length);
    for (int i = 0; i < pixels.length; i++) {
      destination[offset + i] = UNIT[pixels[i] & 0xFF];
    }
  }

  /**
   * Writes pixels as values in [0, 1].
   *
   * @param pixels one byte a value
   * @param destination its position moves on by as many values
   * @throws BufferOverflowException if there is no room
   */
  public static void toUnit(byte[] pixels, FloatBuffer destination) {
    if (destination.remaining() < pixels.length) {
      throw new BufferOverflowException();
    }
    int at = destination.position();
    for (int i = 0; i < pixels.length; i++) {
      destination.put(at + i, UNIT[pixels[i] & 0xFF]);
    }
    destination.position(at + pixels.length);
  }

  /**
   * Rounds values to multiples of 1/255.
   *
   * @param values in [0, 1]; those outside are clipped
   * @return one byte a value
   */
  public static byte[] toBytes(float[] values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i] * 255)));
    }
    return pixels;
  }
}
