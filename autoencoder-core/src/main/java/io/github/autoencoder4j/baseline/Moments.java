package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Means and products of centred data, read in two passes so that nothing cancels. */
final class Moments {

  /** Values a block of rows holds at most: 16 MB of floats. */
  private static final int BLOCK_VALUES = 1 << 22;

  private Moments() {}

  static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static void requireLength(float[][] rows, int length) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != length) {
        throw new IllegalArgumentException(
            "each row must have %d values, but row %d has %d".formatted(length, i, rows[i].length));
      }
    }
  }

  static double[] mean(ImageSource images) {
    if (images.size() == 0) {
      throw new IllegalArgumentException("there are no images: at least one is needed");
    }
    double[] mean = new double[images.shape().size()];
    float[] image = new float[mean.length];
    for (int i = 0; i < images.size(); i++) {
      images.read(i, image, 0);
      for (int j = 0; j < mean.length; j++) {
        mean[j] += image[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= images.size();
    }
    return mean;
  }

  /** The {@code d x d} sum over rows of {@code (x - mean)(x - mean)^T}. */
  static double[][] scatter(ImageSource images, double[] mean) {
    int d = mean.length;
    float[] row = new float[d];
    return product(
        images.size(),
        d,
        (index, block, offset) -> {
          images.read(index, row, 0);
          for (int j = 0; j < d; j++) {
            block[offset + j] = (float) (row[j] - mean[j]);
          }
        });
  }

  /** The {@code n x n} products of centred rows with each other: for fewer rows than columns. */
  static double[][] gram(float[][] rows, double[] mean) {
    return product(
        mean.length,
        rows.length,
        (column, block, offset) -> {
          for (int i = 0; i < rows.length; i++) {
            block[offset + i] = (float) (rows[i][column] - mean[column]);
          }
        });
  }

  /** Writes one row of a matrix into a block. */
  private interface RowWriter {
    void write(int index, float[] block, int offset);
  }

  /**
   * {@code A^T A} for a matrix given row by row; single precision within a block, double across.
   */
  private static double[][] product(int rows, int columns, RowWriter writer) {
    int blockRows = Math.max(1, Math.min(rows, BLOCK_VALUES / columns));
    try (INDArray sum = Nd4j.zeros(DataType.DOUBLE, columns, columns)) {
      for (int from = 0; from < rows; from += blockRows) {
        int count = Math.min(blockRows, rows - from);
        float[] block = new float[count * columns];
        for (int i = 0; i < count; i++) {
          writer.write(from + i, block, i * columns);
        }
        try (INDArray a = Nd4j.create(block, new int[] {count, columns}, 'c');
            INDArray product = Nd4j.gemm(a, a, true, false);
            INDArray wide = product.castTo(DataType.DOUBLE)) {
          sum.addi(wide);
        }
      }
      return sum.toDoubleMatrix();
    }
  }
}
