package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.LatentDensity;
import java.io.Serializable;

/**
 * Mean and covariance of codes, added up code by code and part by part without loss of digits
 * (Chan, Golub and LeVeque, "Algorithms for computing the sample variance", The American
 * Statistician 1983).
 */
final class CodeMoments implements Serializable {

  private static final long serialVersionUID = 1L;

  private long count;
  private final double[] mean;

  /** Sums of products of deviations from the mean; what lies above the diagonal is not kept. */
  private final double[][] products;

  CodeMoments(int size) {
    this.mean = new double[size];
    this.products = new double[size][];
    for (int i = 0; i < size; i++) {
      products[i] = new double[i + 1];
    }
  }

  void add(float[] code) {
    count++;
    double[] before = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      before[i] = code[i] - mean[i];
      mean[i] += before[i] / count;
    }
    for (int i = 0; i < mean.length; i++) {
      double after = code[i] - mean[i];
      for (int j = 0; j <= i; j++) {
        products[i][j] += after * before[j];
      }
    }
  }

  void add(CodeMoments other) {
    long all = count + other.count;
    if (other.count == 0) {
      return;
    }
    double share = (double) count * other.count / all;
    double[] apart = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      apart[i] = other.mean[i] - mean[i];
      for (int j = 0; j <= i; j++) {
        products[i][j] += other.products[i][j] + apart[i] * apart[j] * share;
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] += apart[i] * other.count / all;
    }
    count = all;
  }

  /** The normal distribution of the codes. */
  LatentDensity density(double shrinkage) {
    if (count < 2) {
      throw new IllegalArgumentException(
          "a normal distribution is fitted to at least 2 rows, but there are " + count);
    }
    double[][] covariance = new double[mean.length][mean.length];
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = products[i][j] / (count - 1);
        covariance[j][i] = covariance[i][j];
      }
    }
    return Gaussian.shrinkage(mean, covariance, shrinkage);
  }
}
