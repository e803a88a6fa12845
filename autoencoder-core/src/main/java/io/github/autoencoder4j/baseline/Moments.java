package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.internal.numerics.Products;
import java.util.Objects;

/** Means and products of centred rows, read in two passes so that nothing cancels. */
final class Moments {

  private Moments() {}

  static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Checks that there is a row of a number. */
  static float[] requireRow(float[][] rows, int index) {
    return Objects.requireNonNull(rows[index], () -> "row " + index + " is null");
  }

  static void requireLength(float[][] rows, int length) {
    for (int i = 0; i < rows.length; i++) {
      requireRow(rows, i);
      if (rows[i].length != length) {
        throw new IllegalArgumentException(
            "each row must have %s values, but row %s has %s".formatted(length, i, rows[i].length));
      }
    }
  }

  static double[] mean(RowSource source) {
    if (source.rows() == 0) {
      throw new IllegalArgumentException("there are no images: at least one is needed");
    }
    double[] mean = new double[source.length()];
    source.forEach(
        row -> {
          for (int j = 0; j < mean.length; j++) {
            mean[j] += row[j];
          }
        });
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= source.rows();
    }
    return mean;
  }

  /** The {@code d x d} sum over rows of {@code (x - mean)(x - mean)^T}. */
  static double[][] scatter(RowSource source, double[] mean) {
    try (Products.OfColumns product = new Products.OfColumns(mean.length)) {
      float[] centred = new float[mean.length];
      source.forEach(
          row -> {
            for (int j = 0; j < mean.length; j++) {
              centred[j] = (float) (row[j] - mean[j]);
            }
            product.add(centred);
          });
      return product.get();
    }
  }

  /** The {@code n x n} products of centred rows with each other: for fewer rows than columns. */
  static double[][] gram(float[][] rows, double[] mean) {
    try (Products.OfColumns product = new Products.OfColumns(rows.length)) {
      float[] centred = new float[rows.length];
      for (int j = 0; j < mean.length; j++) {
        for (int i = 0; i < rows.length; i++) {
          centred[i] = (float) (rows[i][j] - mean[j]);
        }
        product.add(centred);
      }
      return product.get();
    }
  }
}
