package io.github.autoencoder4j.internal.numerics;

import java.util.Arrays;

/** A matrix {@code R} with {@code R R^T} = a covariance, of full rank. */
public interface CovarianceRoot {

  /**
   * Multiplies with a vector.
   *
   * @param x {@code n} values
   * @return {@code R x}
   */
  double[] times(double[] x);

  /**
   * Computes the squared length of {@code R^-1 x}.
   *
   * @param x {@code n} values; may be overwritten
   * @return {@code x^T (R R^T)^-1 x}
   */
  double inverseQuadraticForm(double[] x);

  /**
   * Computes the determinant of the covariance.
   *
   * @return its natural logarithm
   */
  double logDeterminant();

  /**
   * Takes the root of a diagonal covariance.
   *
   * @param variances above 0
   * @return its root
   */
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
