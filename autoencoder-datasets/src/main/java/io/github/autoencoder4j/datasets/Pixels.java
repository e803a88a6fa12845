package io.github.autoencoder4j.datasets;

import java.util.Objects;

/** Between pixels as bytes and pixels in [0, 1]. */
final class Pixels {

  private static final float[] UNIT = new float[256];

  static {
    for (int i = 0; i < 256; i++) {
      UNIT[i] = i / 255f;
    }
  }

  private Pixels() {}

  static void toUnit(byte[] pixels, float[] destination, int offset) {
    Objects.checkFromIndexSize(offset, pixels.length, destination.length);
    for (int i = 0; i < pixels.length; i++) {
      destination[offset + i] = UNIT[pixels[i] & 0xFF];
    }
  }

  static byte[] toBytes(float[] values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i] * 255)));
    }
    return pixels;
  }
}
