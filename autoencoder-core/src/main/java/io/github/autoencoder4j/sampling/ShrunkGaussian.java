package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.internal.numerics.Covariance;
import io.github.autoencoder4j.internal.numerics.ShrunkCovariance;
import io.github.autoencoder4j.random.RandomStream;

/** A normal distribution with a shrunk covariance. */
final class ShrunkGaussian implements LatentDensity {

  private final Covariance covariance;
  private final ShrunkCovariance shrunk;

  ShrunkGaussian(Covariance covariance, double a) {
    this.covariance = covariance;
    this.shrunk = new ShrunkCovariance(covariance, a);
  }

  @Override
  public int latentSize() {
    return covariance.mean.length;
  }

  @Override
  public float[][] sample(int n, long seed) {
    Codes.requireCount(n);
    RandomStream random = RandomStream.of(seed, "shrunk Gaussian");
    float[][] codes = new float[n][];
    for (int s = 0; s < n; s++) {
      double[] code = covariance.draw(random, Math.sqrt(shrunk.b));
      for (int i = 0; i < code.length; i++) {
        code[i] += Math.sqrt(shrunk.c) * random.nextGaussian();
      }
      codes[s] = Codes.toFloats(code);
    }
    return codes;
  }

  @Override
  public double logDensity(float[] latent) {
    int d = covariance.mean.length;
    Codes.requireLength(latent, d);
    double[] x = new double[d];
    for (int i = 0; i < d; i++) {
      x[i] = latent[i] - covariance.mean[i];
    }
    return -0.5
        * (d * Math.log(2 * Math.PI) + shrunk.logDeterminant() + shrunk.inverseQuadraticForm(x));
  }
}
