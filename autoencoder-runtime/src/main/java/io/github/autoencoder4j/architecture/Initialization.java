package io.github.autoencoder4j.architecture;

/**
 * How the first weights of layers are drawn. Latent stages start as they say themselves.
 *
 * <pre>{@code
 * Autoencoder.dense().hidden(400).bottleneck(20).initialization(Initialization.FAN_IN_UNIFORM);
 * }</pre>
 */
public enum Initialization {

  /**
   * What suits each layer: normal, of variance {@code 2 / in} before rectifiers (He et al., ICCV
   * 2015) and {@code 2 / (in + out)} elsewhere; residual blocks start as the identity, and a
   * sub-pixel network as the cosine transform of its blocks. Biases are 0.
   */
  AUTOMATIC,

  /**
   * Uniform within {@code sqrt(6 / (in + out))} everywhere, biases 0 (Glorot and Bengio, AISTATS
   * 2010), as the layers of Keras start.
   */
  GLOROT_UNIFORM,

  /**
   * Uniform within {@code 1 / sqrt(in)} everywhere, biases too (after LeCun et al., "Efficient
   * BackProp", 1998), as the layers of PyTorch start.
   */
  FAN_IN_UNIFORM
}
