package io.github.autoencoder4j.sampling;

/**
 * A distribution over latent codes that has a density, so that codes can be judged by it.
 *
 * <pre>{@code
 * LatentDensity density = Gaussian.shrinkage(autoencoder.encode(train));
 * double likely = density.logDensity(autoencoder.encode(test)[0]); // in nats
 * }</pre>
 */
public interface LatentDensity extends LatentSampler {

  /**
   * The log density at a code.
   *
   * @param latent a code of {@code latentSize()} finite values
   * @return natural logarithm of the density; negative infinity where it is zero
   * @throws IllegalArgumentException if the code has another length or holds a value that is not
   *     finite
   */
  double logDensity(float[] latent);
}
