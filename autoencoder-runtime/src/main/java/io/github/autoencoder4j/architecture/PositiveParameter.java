package io.github.autoencoder4j.architecture;

/**
 * How the numbers of {@link Activation#GDN} stay positive: stored is {@code sqrt(value + 2^-36)},
 * whose square has a gradient that does not vanish at zero (Balle, Laparra and Simoncelli, ICLR
 * 2017).
 */
public final class PositiveParameter {

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
}
