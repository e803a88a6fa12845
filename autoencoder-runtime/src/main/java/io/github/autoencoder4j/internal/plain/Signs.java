package io.github.autoencoder4j.internal.plain;

/**
 * The parts of a number above and below zero, without a branch. HotSpot compiles {@link Math#max}
 * with one where it has met numbers of few signs, and of sums before a rectifier half are guessed
 * wrong: ten times the time.
 */
final class Signs {

  /** From the bits of minus infinity, which are the last below zero that are no NaN, to -1. */
  private static final int TO_NAN = 0x7fffff;

  private Signs() {}

  /** {@code max(0, z)}, with {@code +0} for {@code -0}; NaN if it is none. */
  static float positive(float z) {
    int bits = Float.floatToRawIntBits(z);
    return Float.intBitsToFloat(bits & ~isNegative(bits));
  }

  /** {@code max(0, z) + slope * min(0, z)}. */
  static float leaky(float z, float slope) {
    return positive(z) + slope * negative(z);
  }

  /** {@code min(0, z)}; zero for NaN, which {@link #positive} keeps. */
  static float negative(float z) {
    int bits = Float.floatToRawIntBits(z);
    return Float.intBitsToFloat(bits & isNegative(bits));
  }

  /** All bits for a number whose sign is set, else none. */
  private static int isNegative(int bits) {
    return (bits & (bits + TO_NAN)) >> 31;
  }
}
