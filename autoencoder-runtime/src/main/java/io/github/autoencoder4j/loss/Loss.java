package io.github.autoencoder4j.loss;

import io.github.autoencoder4j.output.Output;

/**
 * How far a reconstruction is from its target, averaged over all values of all samples ("per
 * pixel").
 *
 * <p>A short name for the two {@link Output}s that pictures are used with. Both losses are computed
 * from the logits {@code z} of the decoder, and both reconstruct by {@code y = sigmoid(z)}, so
 * reconstructions lie in (0, 1).
 *
 * <pre>{@code
 * Autoencoder.dense().loss(Loss.MEAN_SQUARED_ERROR).build();
 * }</pre>
 */
public enum Loss {
  /**
   * {@code mean(-t ln y - (1 - t) ln(1 - y))}, in nats, computed as {@code max(z, 0) - t z + ln(1 +
   * exp(-|z|))}, which stays finite for saturated pixels. Grey targets put its floor above zero:
   * the mean entropy of the targets, 0.0581 on the test images of MNIST.
   */
  BINARY_CROSS_ENTROPY,
  /** {@code mean((y - t)^2)}. */
  MEAN_SQUARED_ERROR;

  /**
   * Gives the output whose loss it is.
   *
   * @return a sigmoid with this loss
   */
  public Output output() {
    return switch (this) {
      case BINARY_CROSS_ENTROPY -> Output.bernoulli();
      case MEAN_SQUARED_ERROR -> Output.sigmoidSquares();
    };
  }
}
