package io.github.autoencoder4j.internal.numerics;

import java.util.Arrays;

/** The directions in which rows vary around their mean, and how much, in double precision. */
public final class PrincipalAxes {

  /** Directions with less variance than this share of the largest are noise of the arithmetic. */
  private static final double TOLERANCE = 1e-8;

  private final double[] mean;

  /** With {@code 1 / (n - 1)}, descending, above 0. */
  public final double[] variances;

  /** The trace of the covariance. */
  public final double totalVariance;

  private final double[][] axes;

  private PrincipalAxes(CenteredRows rows) {
    this.mean = rows.mean;
    this.totalVariance = rows.trace();
    SymmetricEigen eigen = SymmetricEigen.leading(rows.products, rows.products.length);
    double[] values = eigen.values;
    double least = values[0] * TOLERANCE;
    this.variances = Arrays.stream(values).filter(value -> value > least).toArray();
    double[][] vectors = Arrays.copyOf(eigen.vectors, variances.length);
    this.axes = rows.ofColumns() ? vectors : ofColumns(vectors, rows.scaled, variances);
  }

  /**
   * Decomposes rows.
   *
   * @param rows {@code [n][d]}, finite; at least 2
   * @return their axes, none if they are all equal
   */
  public static PrincipalAxes of(float[][] rows) {
    return new PrincipalAxes(new CenteredRows(rows));
  }

  /** Turns eigenvectors {@code u} of the products of rows into those of columns, {@code X^T u}. */
  private static double[][] ofColumns(double[][] vectors, double[][] rows, double[] variances) {
    double[][] axes = new double[vectors.length][rows[0].length];
    for (int k = 0; k < axes.length; k++) {
      double length = Math.sqrt(variances[k]);
      for (int i = 0; i < rows.length; i++) {
        Covariance.addScaled(axes[k], vectors[k][i] / length, rows[i]);
      }
    }
    return axes;
  }

  /**
   * Subtracts the mean of the rows from a row.
   *
   * @param row {@code d} values
   * @return a new array
   */
  public double[] center(float[] row) {
    double[] centered = new double[mean.length];
    Arrays.setAll(centered, i -> row[i] - mean[i]);
    return centered;
  }

  /**
   * Computes how far a row lies along an axis.
   *
   * @param centered {@code d} values less the mean
   * @param axis which axis
   * @return the product with the axis
   */
  public double coordinate(double[] centered, int axis) {
    double sum = 0;
    for (int i = 0; i < centered.length; i++) {
      sum += axes[axis][i] * centered[i];
    }
    return sum;
  }
}
