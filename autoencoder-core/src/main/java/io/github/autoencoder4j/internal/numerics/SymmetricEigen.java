package io.github.autoencoder4j.internal.numerics;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * The leading eigenvalues and eigenvectors of a symmetric positive semi-definite matrix.
 *
 * <p>Not LAPACK: {@code syev} through ND4J 1.0.0-M2.1 was right for 128 rows and gave wrong
 * eigenvectors, without an error code, for 192 and more where it was tried. EJML decomposes whole
 * matrices; a few vectors of a large one come faster from subspace iteration (Golub and Van Loan,
 * "Matrix Computations", 4th edition, section 8.2), which needs little but matrix products.
 */
public final class SymmetricEigen {

  /** Up to this size the whole matrix is decomposed at once. */
  private static final int SMALL = 256;

  /** Subspace iteration is for fewer vectors than this part of all. */
  private static final int FEW = 24;

  /** For each eigenvalue; EJML's own 15 are too few for eigenvalues over many orders. */
  private static final int MAX_ITERATIONS = 1_000;

  private static final double TOLERANCE = 1e-6;

  /** Descending, at least 0. */
  public final double[] values;

  /** One orthonormal vector a row; the entry of largest magnitude is positive. */
  public final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix {@code [n][n]}, symmetric and finite, no negative eigenvalues but for rounding
   * @param count how many of the largest; 1 to {@code n}
   * @return the {@code count} largest eigenvalues and their vectors
   * @throws IllegalArgumentException if the matrix holds a value that is not finite
   */
  public static SymmetricEigen leading(double[][] matrix, int count) {
    int n = matrix.length;
    for (double[] row : matrix) {
      if (!Arrays.stream(row).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "the products of the values are not finite; scale the values down first");
      }
    }
    Optional<SymmetricEigen> few =
        n > SMALL && count * FEW < n ? subspaceIteration(matrix, count) : Optional.empty();
    SymmetricEigen leading = few.orElseGet(() -> decompose(new DMatrixRMaj(matrix), count));
    fixSigns(leading.vectors);
    return leading;
  }

  private static SymmetricEigen decompose(DMatrixRMaj matrix, int count) {
    SymmetricQRAlgorithmDecomposition_DDRM eigen = new SymmetricQRAlgorithmDecomposition_DDRM(true);
    eigen.setMaxIterations(MAX_ITERATIONS);
    // It may overwrite its input.
    if (!eigen.decompose(matrix.copy())) {
      throw new IllegalStateException(
          "the eigenvectors of a matrix of %s rows did not settle".formatted(matrix.numRows));
    }
    int[] order =
        IntStream.range(0, matrix.numRows)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -eigen.getEigenvalue(i).real))
            .mapToInt(i -> i)
            .limit(count)
            .toArray();
    return new SymmetricEigen(
        Arrays.stream(order).mapToDouble(i -> Math.max(0, eigen.getEigenvalue(i).real)).toArray(),
        Arrays.stream(order).mapToObj(i -> eigen.getEigenVector(i).data).toArray(double[][]::new));
  }

  /** Empty if the vectors have not settled by the time in which the whole would be decomposed. */
  private static Optional<SymmetricEigen> subspaceIteration(double[][] matrix, int count) {
    int n = matrix.length;
    // Spare directions, because the last wanted one converges at the rate of the first left out.
    int width = 2 * count + 16;
    RandomStream random = RandomStream.of(0, "subspace iteration");
    DMatrixRMaj basis = new DMatrixRMaj(width, n);
    Arrays.setAll(basis.data, i -> random.nextGaussian());
    basis = orthonormal(basis);
    try (Products.Factor factor = new Products.Factor(matrix)) {
      for (int iteration = 0; iteration < 2 * n / width; iteration++) {
        DMatrixRMaj image = factor.times(basis);
        DMatrixRMaj projected = CommonOps_DDRM.multTransB(image, basis, null);
        SymmetricEigen ritz = decompose(projected, width);
        DMatrixRMaj rotation = new DMatrixRMaj(ritz.vectors);
        basis = CommonOps_DDRM.mult(rotation, basis, null);
        image = CommonOps_DDRM.mult(rotation, image, null);
        if (residual(image, basis, ritz.values, count) <= TOLERANCE) {
          return Optional.of(
              new SymmetricEigen(Arrays.copyOf(ritz.values, count), rows(basis, count)));
        }
        basis = orthonormal(image);
      }
    }
    return Optional.empty();
  }

  /**
   * Turns rows into orthonormal ones, each in the span of itself and those before it.
   *
   * @param rows {@code [k][n]}, not more than {@code n}
   * @return as many rows
   */
  public static double[][] orthonormal(double[][] rows) {
    return rows(orthonormal(new DMatrixRMaj(rows)), rows.length);
  }

  private static DMatrixRMaj orthonormal(DMatrixRMaj rows) {
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(rows.numCols, rows.numRows);
    qr.decompose(CommonOps_DDRM.transpose(rows, null));
    return CommonOps_DDRM.transpose(qr.getQ(null, true), null);
  }

  /** The worst of the residuals, each as a share of its own eigenvalue. */
  private static double residual(DMatrixRMaj image, DMatrixRMaj basis, double[] values, int count) {
    double worst = 0;
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int k = 0; k < basis.numCols; k++) {
        double difference = image.get(i, k) - values[i] * basis.get(i, k);
        sum += difference * difference;
      }
      // What is nothing beside the largest is only rounding.
      double size = Math.max(values[i], 1e-8 * values[0]);
      worst = Math.max(worst, Math.sqrt(sum) / Math.max(size, Double.MIN_NORMAL));
    }
    return worst;
  }

  private static double[][] rows(DMatrixRMaj matrix, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> Arrays.copyOfRange(matrix.data, i * matrix.numCols, (i + 1) * matrix.numCols))
        .toArray(double[][]::new);
  }

  /**
   * Turns each vector around whose entry of largest magnitude is negative.
   *
   * @param vectors are changed
   */
  public static void fixSigns(double[][] vectors) {
    for (double[] vector : vectors) {
      int largest = 0;
      for (int i = 1; i < vector.length; i++) {
        largest = Math.abs(vector[i]) > Math.abs(vector[largest]) ? i : largest;
      }
      if (vector[largest] < 0) {
        Arrays.setAll(vector, i -> -vector[i]);
      }
    }
  }
}
