package io.github.autoencoder4j.architecture;

/**
 * How the numbers of {@link Activation#GDN} stay positive: stored is {@code sqrt(value + 2^-36)},
 * whose square has a gradient that does not vanish at zero (Balle, Laparra and Simoncelli, ICLR
 * 2017).
 */
public final class PositiveParameter {

  /** The least value that beta counts as; gamma may be 0. */
  public static final double LEAST_BETA = 1e-6;

  /** What is added to a value before its root is taken. */
  public static final double PEDESTAL = 0x1p-36;

  private PositiveParameter() {}

  /**
   * Turns a value into what is stored for it.
   *
   * @param value at least 0
   * @return {@code sqrt(value + 2^-36)}
   */
  public static double stored(double value) {
    return Math.sqrt(value + PEDESTAL);
  }

  /**
   * Turns what is stored into the value that it counts as.
   *
   * @param stored any number
   * @param least the least value, at least 0
   * @return {@code max(stored, sqrt(least + 2^-36))^2 - 2^-36}
   */
  public static double value(double stored, double least) {
    double bounded = Math.max(stored, stored(least));
    return bounded * bounded - PEDESTAL;
  }

  /**
   * Turns what is stored into the values that it counts as.
   *
   * @param stored any numbers
   * @param least the least value, at least 0
   * @return a new array of {@link #value}, in single precision
   */
  public static float[] values(float[] stored, double least) {
    float[] values = new float[stored.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value(stored[i], least);
    }
    return values;
  }
}
