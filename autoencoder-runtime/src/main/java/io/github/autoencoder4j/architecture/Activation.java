package io.github.autoencoder4j.architecture;

import java.util.List;

/** The non-linearity after a layer. */
public enum Activation {
  /**
   * {@code f(z) = z}: the layer stays affine. The bottleneck uses it, so that codes are unbounded.
   */
  IDENTITY,
  /** {@code f(z) = max(0, z)} (Nair and Hinton, ICML 2010). */
  RELU,
  /** {@code f(z) = z} for {@code z > 0}, else {@code 0.01 z} (Maas et al., 2013). */
  LEAKY_RELU,
  /** {@code f(z) = z} for {@code z > 0}, else {@code exp(z) - 1} (Clevert et al., ICLR 2016). */
  ELU,
  /** {@code f(z) = z / (1 + exp(-z))}, also known as swish (Elfwing et al., 2018). */
  SILU,
  /** {@code f(z) = tanh(z)}. */
  TANH,
  /** {@code f(z) = 1 / (1 + exp(-z))}. */
  SIGMOID,
  /**
   * {@code f(z) = max(0, z) + a min(0, z)} with a slope {@code a} learned for each channel, or each
   * value of a dense layer; at first {@code a = 0.25}, and no penalty applies to it (He et al.,
   * "Delving deep into rectifiers", ICCV 2015).
   */
  PRELU,
  /**
   * Generalised divisive normalisation, {@code f(z)_i = z_i / sqrt(beta_i + sum_j gamma_ij z_j^2)}
   * over the channels {@code j} at the same place, or all values of a dense layer (Balle, Laparra
   * and Simoncelli, "Density modeling of images using a generalized normalization transformation",
   * ICLR 2016). {@code beta} and {@code gamma} are learned, stay positive and bear no penalty; at
   * first they are 1 and, on the diagonal, 0.1. Chosen for an autoencoder, its decoder has {@link
   * #INVERSE_GDN} instead.
   */
  GDN,
  /**
   * What approximately undoes {@link #GDN}, {@code f(z)_i = z_i sqrt(beta_i + sum_j gamma_ij
   * z_j^2)} with a {@code beta} and {@code gamma} of its own (Balle, Laparra and Simoncelli,
   * "End-to-end optimized image compression", ICLR 2017).
   */
  INVERSE_GDN;

  private static final double FIRST_SLOPE = 0.25;

  /** What the decoder has where the encoder has this. */
  Activation mirrored() {
    return switch (this) {
      case GDN -> INVERSE_GDN;
      case INVERSE_GDN -> GDN;
      default -> this;
    };
  }

  /** The arrays that it learns after a layer of so many channels. */
  List<ParameterSpec> learned(int channels) {
    return switch (this) {
      case PRELU ->
          List.of(
              ParameterSpec.activation("slope", List.of(channels), (index, random) -> FIRST_SLOPE));
      case GDN, INVERSE_GDN -> {
        double one = PositiveParameter.stored(1);
        double diagonal = PositiveParameter.stored(0.1);
        double elsewhere = PositiveParameter.stored(0);
        yield List.of(
            ParameterSpec.activation("beta", List.of(channels), (index, random) -> one),
            // A convolution with kernels of one pixel.
            ParameterSpec.activation(
                "gamma",
                List.of(channels, channels, 1, 1),
                (index, random) -> index % (channels + 1) == 0 ? diagonal : elsewhere));
      }
      default -> List.of();
    };
  }

  /**
   * The spread of first weights that keeps signals alive through the depth: variance {@code 2 / ((1
   * + a^2) in)} before rectifiers of slope {@code a} (He et al., ICCV 2015), {@code 2 / (in + out)}
   * elsewhere (Glorot and Bengio, AISTATS 2010).
   *
   * @param in how many inputs an output sees
   * @param out how many outputs an input reaches
   */
  double stddev(double in, double out) {
    return Math.sqrt(
        switch (this) {
          case RELU, LEAKY_RELU, ELU, SILU -> 2 / in;
          case PRELU -> 2 / ((1 + FIRST_SLOPE * FIRST_SLOPE) * in);
          case IDENTITY, TANH, SIGMOID, GDN, INVERSE_GDN -> 2 / (in + out);
        });
  }
}
