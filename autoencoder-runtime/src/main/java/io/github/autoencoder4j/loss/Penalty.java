package io.github.autoencoder4j.loss;

/**
 * What training adds to the loss for large weights: {@code l1 * sum|W| + l2 * sum(W^2)}, over all
 * weights and no biases. This is the convention of Keras; there is no factor one half, and the loss
 * it is added to is a mean per pixel.
 *
 * <pre>{@code
 * Autoencoder autoencoder = Autoencoder.dense().l2(1e-4).build();
 * autoencoder.fit(train, training);
 * double objective =
 *     autoencoder.evaluate(train).reconstructionLoss() + autoencoder.evaluate(train).penalty();
 * }</pre>
 *
 * @param l1 the factor of the absolute values; at least 0
 * @param l2 the factor of the squares; at least 0
 */
public record Penalty(double l1, double l2) {

  /** No penalty. */
  public static final Penalty NONE = new Penalty(0, 0);

  /**
   * Checks the factors.
   *
   * @param l1 the factor of the absolute values; at least 0
   * @param l2 the factor of the squares; at least 0
   * @throws IllegalArgumentException if a factor is negative or not finite
   */
  public Penalty {
    requireFactor("l1", l1);
    requireFactor("l2", l2);
  }

  private static void requireFactor(String name, double factor) {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name
              + " must be a finite factor of at least 0, but was "
              + factor
              + "; a usual value is 1e-4");
    }
  }
}
