package io.github.autoencoder4j.internal.plain;

/**
 * The product of a matrix with one vector: its columns, each an array of its own, are added up. So
 * loops run over outputs, side by side in memory, and there is no sum across a vector register.
 */
final class VectorProduct {

  private final float[][] columns;

  /**
   * Copies a matrix.
   *
   * @param w has the matrix, row by row
   * @param from where it begins
   * @param out how many rows
   * @param in how many columns
   */
  VectorProduct(float[] w, int from, int out, int in) {
    columns = new float[in][out];
    for (int i = 0; i < out; i++) {
      for (int j = 0; j < in; j++) {
        columns[j][i] = w[from + i * in + j];
      }
    }
  }

  /** Adds the product to {@code y}. Zeros, of which rectifiers leave many, cost nothing. */
  void add(float[] x, float[] y) {
    int in = columns.length;
    int n = in == 0 ? 0 : columns[0].length;
    int j = 0;
    for (; j + 3 < in; j += 4) {
      float w0 = x[j];
      float w1 = x[j + 1];
      float w2 = x[j + 2];
      float w3 = x[j + 3];
      if (w0 != 0 || w1 != 0 || w2 != 0 || w3 != 0) {
        RowProducts.addFour(
            y, columns[j], columns[j + 1], columns[j + 2], columns[j + 3], w0, w1, w2, w3, 0, n);
      }
    }
    for (; j < in; j++) {
      RowProducts.addOne(y, columns[j], x[j], 0, n);
    }
  }
}
