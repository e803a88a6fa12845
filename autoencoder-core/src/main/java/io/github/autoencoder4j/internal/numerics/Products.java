package io.github.autoencoder4j.internal.numerics;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Products of large matrices, by the native code that ND4J has for them. */
public final class Products {

  private Products() {}

  /** Multiplies columns with each other, {@code A^T A}, or rows, {@code A A^T}. */
  static double[][] withItself(double[][] a, boolean ofColumns) {
    try (INDArray matrix = Nd4j.create(a);
        INDArray product = Nd4j.gemm(matrix, matrix, ofColumns, !ofColumns)) {
      return product.toDoubleMatrix();
    }
  }

  /**
   * Each row of a matrix times each row of another, in single precision, again and again. Its
   * memory is freed with it.
   */
  static final class OfRows {

    /** The one on the right: in column-major order, a product of rows is told the other way. */
    private final INDArray left;

    private final INDArray right;
    private final INDArray product;

    OfRows(int n, int m, int columns) {
      left = Nd4j.create(DataType.FLOAT, new long[] {columns, m}, 'f');
      right = Nd4j.create(DataType.FLOAT, new long[] {columns, n}, 'f');
      product = Nd4j.create(DataType.FLOAT, new long[] {m, n}, 'f');
    }

    /** Takes {@code [m][columns]} as the matrix on the right. */
    void setRight(float[] b) {
      left.data().asNioFloat().put(b);
    }

    /**
     * Multiplies.
     *
     * @param a {@code [n][columns]}
     * @param products set to {@code [n][m]}
     */
    void compute(float[] a, float[] products) {
      right.data().asNioFloat().put(a);
      Nd4j.gemm(left, right, product, true, false, 1, 0);
      product.data().asNioFloat().get(products);
    }
  }

  /** A matrix that others are multiplied by. */
  static final class Factor implements AutoCloseable {

    private final INDArray matrix;

    Factor(double[][] matrix) {
      this.matrix = Nd4j.create(matrix);
    }

    /** {@code rows} times the matrix. */
    DMatrixRMaj times(DMatrixRMaj rows) {
      try (INDArray left = Nd4j.create(rows.data, new long[] {rows.numRows, rows.numCols}, 'c');
          INDArray product = left.mmul(matrix)) {
        return new DMatrixRMaj(product.toDoubleMatrix());
      }
    }

    @Override
    public void close() {
      matrix.close();
    }
  }

  /** {@code A^T A}, gathered row by row: single precision within a block, double across blocks. */
  public static final class OfColumns implements AutoCloseable {

    /** Values a block holds: 8 MB of floats. */
    private static final int BLOCK_VALUES = 1 << 21;

    private final int columns;
    private final float[] block;
    private final INDArray sum;
    private int filled;

    /**
     * Starts from no rows.
     *
     * @param columns the length of rows
     */
    public OfColumns(int columns) {
      this.columns = columns;
      this.block = new float[Math.max(1, BLOCK_VALUES / columns) * columns];
      this.sum = Nd4j.zeros(DataType.DOUBLE, columns, columns);
    }

    /**
     * Adds a row.
     *
     * @param row is copied
     */
    public void add(float[] row) {
      System.arraycopy(row, 0, block, filled, columns);
      filled += columns;
      if (filled == block.length) {
        flush();
      }
    }

    /**
     * Gives the product of the rows so far.
     *
     * @return {@code [columns][columns]}
     */
    public double[][] get() {
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
