package io.github.autoencoder4j.viz.page;

/**
 * Numbers in [-1, 1] as 16-bit floating point (IEEE 754 binary16), rounded to the nearest, ties to
 * even. Java knows the format from 20 on only.
 */
final class Halves {

  private static final int FRACTION_BITS = 10;
  private static final int LEAST_EXPONENT = -14;

  private Halves() {}

  static short of(float value) {
    if (!(Math.abs(value) <= 1)) {
      throw new IllegalArgumentException("halves are for numbers in [-1, 1], not " + value);
    }
    int exponent = Math.max(Math.getExponent(value), LEAST_EXPONENT);
    // Scaling by a power of two is exact; a carry into the exponent comes out right by itself.
    int fraction = (int) Math.rint(Math.scalb((double) Math.abs(value), FRACTION_BITS - exponent));
    int bits = ((exponent - LEAST_EXPONENT) << FRACTION_BITS) + fraction;
    return (short) (value < 0 ? bits | 0x8000 : bits);
  }

  static float toFloat(short half) {
    int exponent = (half >> FRACTION_BITS) & 0x1f;
    int fraction = half & 0x3ff;
    float size =
        exponent == 0
            ? Math.scalb((float) fraction, LEAST_EXPONENT - FRACTION_BITS)
            : Math.scalb((float) (fraction + 1024), exponent - 1 + LEAST_EXPONENT - FRACTION_BITS);
    return half < 0 ? -size : size;
  }
}
