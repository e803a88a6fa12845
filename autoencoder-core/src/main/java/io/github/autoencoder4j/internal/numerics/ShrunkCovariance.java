package io.github.autoencoder4j.internal.numerics;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A covariance shrunk towards a multiple of the identity, {@code (1 - a) S + a tr(S)/d I = b F^T F
 * + c I}. Everything works on the factor, so no {@code d x d} matrix is ever made of few rows: the
 * inverse by the matrix inversion lemma (Woodbury 1950), the determinant by Sylvester's.
 */
public final class ShrunkCovariance {

  private final double[][] factor;
  private final int dimensions;

  /** The share of {@code S} that is left: {@code 1 - a}. */
  public final double b;

  /** The variance added in every direction; above 0. */
  public final double c;

  /** Of {@code I + b/c F F^T}. */
  private final Cholesky inner;

  /**
   * Shrinks a covariance.
   *
   * @param covariance not all zero
   * @param a in (0, 1]
   */
  public ShrunkCovariance(Covariance covariance, double a) {
    this.factor = covariance.factor;
    this.dimensions = covariance.mean.length;
    this.b = 1 - a;
    this.c = a * covariance.trace / dimensions;
    double[][] matrix = Products.withItself(factor, false);
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        matrix[i][j] = b / c * matrix[i][j] + (i == j ? 1 : 0);
      }
    }
    this.inner = Cholesky.of(matrix);
  }

  /**
   * Prepares to multiply the inverse with many vectors that were centred: {@code S^-1 x}, each a
   * new array.
   *
   * @return takes and returns {@code d} values; may be called by many threads
   */
  public UnaryOperator<double[]> solver() {
    if (dimensions > 2 * factor.length) {
      return this::solve;
    }
    // Symmetric, so that its rows may be added up, which is fast.
    double[][] inverse = new double[dimensions][];
    Arrays.setAll(
        inverse,
        i -> {
          double[] unit = new double[dimensions];
          unit[i] = 1;
          return solve(unit);
        });
    return x -> {
      double[] solution = new double[dimensions];
      int i = 0;
      for (; i + 3 < dimensions; i += 4) {
        addScaled(solution, x, i, inverse[i], inverse[i + 1], inverse[i + 2], inverse[i + 3]);
      }
      for (; i < dimensions; i++) {
        Covariance.addScaled(solution, x[i], inverse[i]);
      }
      return solution;
    };
  }

  /** Four rows at a time, to load and store the sums a quarter as often. */
  private static void addScaled(
      double[] sums, double[] x, int i, double[] a, double[] b, double[] c, double[] d) {
    double first = x[i];
    double second = x[i + 1];
    double third = x[i + 2];
    double fourth = x[i + 3];
    for (int j = 0; j < sums.length; j++) {
      sums[j] += first * a[j] + second * b[j] + (third * c[j] + fourth * d[j]);
    }
  }

  private double[] solve(double[] x) {
    double[] projected = project(x);
    inner.solve(projected);
    double[] solution = x.clone();
    for (int i = 0; i < projected.length; i++) {
      Covariance.addScaled(solution, -b / c * projected[i], factor[i]);
    }
    for (int i = 0; i < solution.length; i++) {
      solution[i] /= c;
    }
    return solution;
  }

  /**
   * Computes the squared distance of a vector that was centred.
   *
   * @param x {@code d} values
   * @return {@code x^T S^-1 x}
   */
  public double inverseQuadraticForm(double[] x) {
    return (dot(x, x) - b / c * inner.inverseQuadraticForm(project(x))) / c;
  }

  /**
   * Computes the determinant.
   *
   * @return its natural logarithm
   */
  public double logDeterminant() {
    return dimensions * Math.log(c) + inner.logDeterminant();
  }

  private double[] project(double[] x) {
    double[] projected = new double[factor.length];
    for (int i = 0; i < projected.length; i++) {
      projected[i] = dot(factor[i], x);
    }
    return projected;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
