package io.github.autoencoder4j.baseline;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
    try (Product product = new Product(mean.length)) {
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
    try (Product product = new Product(rows.length)) {
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

  /** {@code A^T A}, gathered row by row: single precision within a block, double across blocks. */
  private static final class Product implements AutoCloseable {

    /** Values a block holds: 8 MB of floats. */
    private static final int BLOCK_VALUES = 1 << 21;

    private final int columns;
    private final float[] block;
    private final INDArray sum;
    private int filled;

    Product(int columns) {
      this.columns = columns;
      this.block = new float[Math.max(1, BLOCK_VALUES / columns) * columns];
      this.sum = Nd4j.zeros(DataType.DOUBLE, columns, columns);
    }

    void add(float[] row) {
      System.arraycopy(row, 0, block, filled, columns);
      filled += columns;
      if (filled == block.length) {
        flush();
      }
    }

    double[][] get() {
      flush();
      return sum.toDoubleMatrix();
    }

    private void flush() {
      if (filled == 0) {
        return;
      }
      Arrays.fill(block, filled, block.length, 0);
      try (INDArray a = Nd4j.create(block, new int[] {block.length / columns, columns}, 'c');
          INDArray product = Nd4j.gemm(a, a, true, false);
          INDArray wide = product.castTo(DataType.DOUBLE)) {
        sum.addi(wide);
      }
      filled = 0;
    }

    @Override
    public void close() {
      sum.close();
    }
  }
}
