package io.github.autoencoder4j.internal.numerics;

/** Rows less their mean, divided by {@code sqrt(n - 1)}, and the smaller of their products. */
final class CenteredRows {

  final double[] mean;

  /** {@code [n][d]}. */
  final double[][] scaled;

  /**
   * The covariance {@code X^T X} of {@code n > d} rows, otherwise {@code X X^T}: both have the same
   * eigenvalues above zero.
   */
  final double[][] products;

  CenteredRows(float[][] rows) {
    int n = rows.length;
    int d = rows[0].length;
    mean = mean(rows);
    scaled = new double[n][d];
    double scale = 1 / Math.sqrt(n - 1.0);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        scaled[i][j] = (rows[i][j] - mean[j]) * scale;
      }
    }
    products = Products.withItself(scaled, ofColumns());
  }

  boolean ofColumns() {
    return scaled.length > mean.length;
  }

  double trace() {
    double trace = 0;
    for (int i = 0; i < products.length; i++) {
      trace += products[i][i];
    }
    return trace;
  }

  private static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= rows.length;
    }
    return mean;
  }
}
