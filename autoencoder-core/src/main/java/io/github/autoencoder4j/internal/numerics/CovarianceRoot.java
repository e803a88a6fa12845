package io.github.autoencoder4j.internal.numerics;

import java.util.Arrays;

/** A matrix {@code R} with {@code R R^T} = a covariance, of full rank. */
public interface CovarianceRoot {

  /** {@code R x}. */
  double[] times(double[] x);

  /** The squared length of {@code R^-1 x}; may overwrite {@code x}. */
  double inverseQuadraticForm(double[] x);

  /** Natural logarithm of the determinant of the covariance. */
  double logDeterminant();

  /** The root of a diagonal covariance. */
  static CovarianceRoot diagonal(double[] variances) {
    double[] precisions = Arrays.stream(variances).map(variance -> 1 / variance).toArray();
    return new CovarianceRoot() {
      @Override
      public double[] times(double[] x) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
          product[i] = Math.sqrt(variances[i]) * x[i];
        }
        return product;
      }

      @Override
      public double inverseQuadraticForm(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
          sum += x[i] * x[i] * precisions[i];
        }
        return sum;
      }

      @Override
      public double logDeterminant() {
        double sum = 0;
        for (double variance : variances) {
          sum += Math.log(variance);
        }
        return sum;
      }
    };
  }
}
