package io.github.autoencoder4j.sampling;

/**
 * A distribution over latent codes that new codes can be drawn from.
 *
 * <pre>{@code
 * LatentSampler sampler = Gaussian.lowRank(codes);
 * float[][] images = autoencoder.decode(sampler.sample(9, 7));
 * }</pre>
 *
 * <p>Implementations in this package are immutable and thread-safe.
 */
public interface LatentSampler {

  /**
   * The length of a code.
   *
   * @return how many values a code has; at least 1
   */
  int latentSize();

  /**
   * Draws codes, independent of each other.
   *
   * @param n how many; at least 0
   * @param seed the same seed gives the same codes
   * @return {@code [n][latentSize()]}
   * @throws IllegalArgumentException if {@code n} is negative
   */
  float[][] sample(int n, long seed);

  /**
   * The same sampler with every draw scaled to unit power: {@code z * sqrt(k) / ||z||}, so that the
   * mean square of its {@code k} entries is 1. Use it for models that normalise the power of their
   * latent, because a sum of codes on the power sphere no longer lies on it.
   *
   * @return a sampler on the power sphere
   */
  default LatentSampler powerNormalized() {
    return new PowerNormalizedSampler(this);
  }
}
