package io.github.autoencoder4j.internal.numerics;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

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

  /** A matrix of floats in native memory, row by row. Its memory is freed with it. */
  static final class Rows {

    private final INDArray matrix;
    private final FloatBuffer values;
    private final int columns;

    Rows(int rows, int columns) {
      this.columns = columns;
      matrix = Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, 'c');
      values = matrix.data().asNioFloat();
    }

    /** Sets a row, on any thread. */
    void put(int row, float[] from) {
      values.put(row * columns, from, 0, columns);
    }
  }

  /**
   * Each row of a matrix times each row of another, in single precision, again and again, on the
   * thread that asks and no other: threads that meet in every product wait for whichever is not
   * scheduled.
   */
  static final class OfRows {

    private static final MMulTranspose ROWS = MMulTranspose.builder().transposeB(true).build();

    private final INDArray product;
    private final IntBuffer bits;
    private final int columns;

    OfRows(int n, int m) {
      columns = m;
      product = Nd4j.create(DataType.FLOAT, new long[] {n, m}, 'c');
      bits = product.data().asNio().order(ByteOrder.nativeOrder()).asIntBuffer();
    }

    /** Multiplies {@code [n][k]} by {@code [m][k]}. */
    void compute(Rows a, Rows b) {
      NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
      int before = operations.ompGetMaxThreads();
      operations.setOmpNumThreads(1);
      try {
        Nd4j.exec(new Mmul(a.matrix, b.matrix, product, ROWS));
      } finally {
        operations.setOmpNumThreads(before);
      }
    }

    /** Copies the bits of a row, {@code m} numbers. */
    void row(int i, int[] to) {
      bits.get(i * columns, to, 0, columns);
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
