package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;

/** Independent normal entries. */
final class DiagonalGaussian implements LatentDensity {

  private final double[] mean;
  private final double[] std;

  private DiagonalGaussian(double[] mean, double[] std) {
    this.mean = mean;
    this.std = std;
  }

  static DiagonalGaussian standard(int latentSize) {
    double[] std = new double[latentSize];
    Arrays.fill(std, 1);
    return new DiagonalGaussian(new double[latentSize], std);
  }

  static DiagonalGaussian fit(float[][] codes) {
    Codes.require(codes, 2);
    double[] mean = Codes.mean(codes);
    double[] std = Codes.squaredDeviations(codes, mean);
    Arrays.setAll(std, i -> Math.sqrt(std[i] / (codes.length - 1)));
    Codes.requireVariance(Arrays.stream(std).sum(), codes.length);
    return new DiagonalGaussian(mean, std);
  }

  @Override
  public int latentSize() {
    return mean.length;
  }

  @Override
  public float[][] sample(int n, long seed) {
    Codes.requireCount(n);
    RandomStream random = RandomStream.of(seed, "diagonal Gaussian");
    float[][] codes = new float[n][mean.length];
    for (float[] code : codes) {
      for (int i = 0; i < code.length; i++) {
        code[i] = (float) (mean[i] + std[i] * random.nextGaussian());
      }
    }
    return codes;
  }

  @Override
  public double logDensity(float[] latent) {
    Codes.requireLength(latent, mean.length);
    double sum = -0.5 * mean.length * Math.log(2 * Math.PI);
    for (int i = 0; i < mean.length; i++) {
      if (std[i] == 0) {
        throw new IllegalStateException(
            "there is no density: entry %s was %s in every code; use Gaussian.shrinkage"
                .formatted(i, mean[i]));
      }
      double z = (latent[i] - mean[i]) / std[i];
      sum -= 0.5 * z * z + Math.log(std[i]);
    }
    return sum;
  }
}
