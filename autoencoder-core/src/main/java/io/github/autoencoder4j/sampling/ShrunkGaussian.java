package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.random.RandomStream;

/**
 * A normal distribution with covariance {@code b F^T F + c I}. Draws and densities work on the
 * factor, so no {@code d x d} matrix is ever made: the density by the matrix inversion and
 * determinant lemmas (Woodbury 1950; Sylvester).
 */
final class ShrunkGaussian implements LatentDensity {

  private final Covariance covariance;
  private final double b;
  private final double c;

  /** Of {@code I + b/c F F^T}. */
  private final Cholesky inner;

  ShrunkGaussian(Covariance covariance, double a) {
    this.covariance = covariance;
    this.b = 1 - a;
    this.c = a * covariance.trace / covariance.mean.length;
    this.inner = Cholesky.of(innerMatrix(covariance.factor, b / c));
  }

  private static double[][] innerMatrix(double[][] factor, double ratio) {
    double[][] inner = Covariance.rowProducts(factor);
    for (int i = 0; i < inner.length; i++) {
      for (int j = 0; j < inner.length; j++) {
        inner[i][j] = ratio * inner[i][j] + (i == j ? 1 : 0);
      }
    }
    return inner;
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
      double[] code = covariance.draw(random, Math.sqrt(b));
      for (int i = 0; i < code.length; i++) {
        code[i] += Math.sqrt(c) * random.nextGaussian();
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
    double[] projected = new double[covariance.factor.length];
    for (int i = 0; i < projected.length; i++) {
      projected[i] = dot(covariance.factor[i], x);
    }
    double square = (dot(x, x) - b / c * inner.inverseQuadraticForm(projected)) / c;
    double logDeterminant = d * Math.log(c) + inner.logDeterminant();
    return -0.5 * (d * Math.log(2 * Math.PI) + logDeterminant + square);
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
