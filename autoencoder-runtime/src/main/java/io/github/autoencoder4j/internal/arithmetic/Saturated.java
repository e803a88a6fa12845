package io.github.autoencoder4j.internal.arithmetic;

/** Sums and products of counts that stay at the greatest number where they would pass it. */
public final class Saturated {

  private Saturated() {}

  /**
   * Adds.
   *
   * @param a at least 0
   * @param b at least 0
   * @return the sum, or {@link Long#MAX_VALUE} if it is more
   */
  public static long add(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /**
   * Multiplies.
   *
   * @param a at least 0
   * @param b at least 0
   * @return the product, or {@link Long#MAX_VALUE} if it is more
   */
  public static long multiply(long a, long b) {
    return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
  }
}
