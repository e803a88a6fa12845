package io.github.autoencoder4j.architecture;

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
  SIGMOID
}
