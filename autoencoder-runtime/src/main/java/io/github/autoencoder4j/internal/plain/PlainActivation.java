package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.Activation;

/** The non-linearity after a layer, in place. */
interface PlainActivation {

  /**
   * Applies it to some samples side by side.
   *
   * @param rows {@code [channels][length]}
   * @param length how many numbers of each row count
   */
  void apply(float[][] rows, int length, Room room);

  /**
   * Applies it to one sample of one pixel.
   *
   * @param values one for each channel
   */
  void apply(float[] values, Room room);

  /**
   * Makes one.
   *
   * @param channels of the layer
   * @param weights the numbers of the layer
   */
  static PlainActivation of(Activation activation, int channels, Weights weights) {
    return switch (activation) {
      case PRELU -> new PlainSlopes(weights.copy("slope"));
      case GDN, INVERSE_GDN ->
          new PlainNormalization(activation == Activation.INVERSE_GDN, channels, weights);
      default -> new PlainFunction(activation, channels);
    };
  }
}
