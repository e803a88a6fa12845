package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.internal.numerics.Covariance;
import io.github.autoencoder4j.random.RandomStream;

/** A normal distribution with the covariance of its codes, whatever its rank. */
final class LowRankGaussian implements LatentSampler {

  private final Covariance covariance;

  LowRankGaussian(Covariance covariance) {
    this.covariance = covariance;
  }

  @Override
  public int latentSize() {
    return covariance.mean.length;
  }

  @Override
  public float[][] sample(int n, long seed) {
    Codes.requireCount(n);
    RandomStream random = RandomStream.of(seed, "low-rank Gaussian");
    float[][] codes = new float[n][];
    for (int s = 0; s < n; s++) {
      codes[s] = Codes.toFloats(covariance.draw(random, 1));
    }
    return codes;
  }
}
