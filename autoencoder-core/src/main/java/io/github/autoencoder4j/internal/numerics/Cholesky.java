package io.github.autoencoder4j.internal.numerics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** {@code A = L L^T} of a symmetric positive definite matrix. */
public final class Cholesky implements CovarianceRoot {

  private final DMatrixRMaj lower;

  private Cholesky(DMatrixRMaj lower) {
    this.lower = lower;
  }

  /**
   * Decomposes a matrix.
   *
   * @param matrix {@code [n][n]}, symmetric
   * @return its decomposition
   * @throws IllegalArgumentException if it is not positive definite
   */
  public static Cholesky of(double[][] matrix) {
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
        DecompositionFactory_DDRM.chol(matrix.length, true);
    DMatrixRMaj lower = new DMatrixRMaj(matrix);
    if (!cholesky.decompose(lower)) {
      throw new IllegalArgumentException(
          "the covariance is not positive definite: more regularisation is needed");
    }
    return new Cholesky(cholesky.getT(null));
  }

  @Override
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < lower.numRows; i++) {
      sum += 2 * Math.log(lower.get(i, i));
    }
    return sum;
  }

  /** Overwrites {@code x} with {@code L^-1 x}. */
  @Override
  public double inverseQuadraticForm(double[] x) {
    TriangularSolver_DDRM.solveL(lower.data, x, lower.numRows);
    double square = 0;
    for (double value : x) {
      square += value * value;
    }
    return square;
  }

  /**
   * Overwrites a vector with {@code A^-1 x}.
   *
   * @param x {@code n} values
   */
  public void solve(double[] x) {
    TriangularSolver_DDRM.solveL(lower.data, x, lower.numRows);
    TriangularSolver_DDRM.solveTranL(lower.data, x, lower.numRows);
  }

  @Override
  public double[] times(double[] x) {
    DMatrixRMaj product = new DMatrixRMaj(lower.numRows, 1);
    CommonOps_DDRM.mult(lower, DMatrixRMaj.wrap(x.length, 1, x), product);
    return product.data;
  }
}
