package io.github.autoencoder4j.internal.numerics;

import java.util.Arrays;

/** A matrix {@code R} with {@code R R^T} = a covariance, of full rank. */
public interface CovarianceRoot {

  /**
   * Multiplies: {@code R x}.
   *
   * @param x a vector
   * @return a new array
   */
  double[] times(double[] x);

  /**
   * Gives the squared length of {@code R^-1 x}.
   *
   * @param x may be overwritten
   * @return at least 0
   */
  double inverseQuadraticForm(double[] x);

  /**
   * Gives the logarithm of the determinant of the covariance.
   *
   * @return the natural one
   */
  double logDeterminant();

  /**
   * Gives the root of a diagonal covariance.
   *
   * @param variances above 0
   * @return the root
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
