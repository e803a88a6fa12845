package io.github.autoencoder4j.anomaly;

import java.util.Arrays;

/** Columns less their mean, divided by their population standard deviation. */
final class Standardization {

  private final double[] means;
  private final double[] deviations;

  private Standardization(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /** Fits to rows that were checked; a column of one value is divided by 1. */
  static Standardization fit(float[][] rows) {
    Standardization fitted = measure(rows);
    double[] deviations = fitted.deviations;
    Arrays.setAll(deviations, j -> deviations[j] > 0 ? deviations[j] : 1);
    return fitted;
  }

  /**
   * Fits to rows that were checked and are not all equal; standard deviations below a share of the
   * median of those above zero are raised to it.
   */
  static Standardization fit(float[][] rows, double share) {
    Standardization fitted = measure(rows);
    double[] deviations = fitted.deviations;
    double[] varying = Arrays.stream(deviations).filter(s -> s > 0).sorted().toArray();
    NormalRows.requireVariance(varying.length, rows.length);
    double least = share * varying[varying.length / 2];
    Arrays.setAll(deviations, j -> Math.max(least, deviations[j]));
    return fitted;
  }

  private static Standardization measure(float[][] rows) {
    int columns = rows[0].length;
    double[] means = new double[columns];
    double[] deviations = new double[columns];
    boolean[] varies = new boolean[columns];
    for (float[] row : rows) {
      for (int j = 0; j < columns; j++) {
        means[j] += row[j];
        varies[j] |= row[j] != rows[0][j];
      }
    }
    Arrays.setAll(means, j -> varies[j] ? means[j] / rows.length : rows[0][j]);
    for (float[] row : rows) {
      for (int j = 0; j < columns; j++) {
        deviations[j] += (row[j] - means[j]) * (row[j] - means[j]);
      }
    }
    Arrays.setAll(deviations, j -> Math.sqrt(deviations[j] / rows.length));
    return new Standardization(means, deviations);
  }

  int columns() {
    return means.length;
  }

  double apply(float[] row, int column) {
    return (row[column] - means[column]) / deviations[column];
  }

  /** All columns, in the precision of the fit. */
  double[] exactly(float[] row) {
    double[] standardized = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      standardized[j] = (row[j] - means[j]) / deviations[j];
    }
    return standardized;
  }

  float[] apply(float[] row) {
    float[] standardized = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      // A value that the type cannot hold is as odd as one at its end.
      double bound = Math.sqrt(Float.MAX_VALUE);
      standardized[j] = (float) Math.max(-bound, Math.min(bound, apply(row, j)));
    }
    return standardized;
  }

  float[][] apply(float[][] rows) {
    return Arrays.stream(rows).parallel().map(this::apply).toArray(float[][]::new);
  }
}
