package io.github.autoencoder4j.internal.arithmetic;

/**
 * The logistic function of many numbers in 32 bits, in loops that HotSpot turns into vector
 * instructions, several times as fast as {@link Math#exp}. The results are the same on every
 * machine.
 *
 * <p>{@code exp(x) = p(x / 16)^16}, where the polynomial {@code p} of degree 8 is off by a part in
 * 10^8 at most between 0 and 2, and {@code p(0) = 1}. Rounding makes it 4 in 10^6 of the result,
 * and an error of {@code ln max(y, 1 - y)} of at most 10^-6.
 */
public final class Logistic {

  /** Beyond it neither {@code y} nor {@code 1 - y} differs from 0 or 1 by more than 2e-14. */
  private static final float FAR = 32;

  private Logistic() {}

  /**
   * Computes {@code y = 1 / (1 + exp(-z))}, as if {@code z} were between -32 and 32.
   *
   * @param z the numbers
   * @param y another array; receives the results in the same places
   * @param from the first place
   * @param to the place after the last one
   */
  public static void of(float[] z, float[] y, int from, int to) {
    // In one loop the compiler finds the body too large for vectors.
    for (int i = from; i < to; i++) {
      y[i] = growth(z[i]);
    }
    for (int i = from; i < to; i++) {
      y[i] /= y[i] + growth(-z[i]);
    }
  }

  /** {@code exp(z)} above 0, else 1. */
  private static float growth(float z) {
    float x = Math.min(Math.max(z, 0f), FAR) / 16;
    float high = 0.007961424f + x * (0.0017212598f + x * (3.305693e-5f + x * 6.531715e-5f));
    float p =
        1 + x * (0.9999993f + x * (0.500013f + x * (0.16658606f + x * (0.041902397f + x * high))));
    float p2 = p * p;
    float p4 = p2 * p2;
    float p8 = p4 * p4;
    return p8 * p8;
  }
}
