package io.github.autoencoder4j.sampling;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The covariance of codes, with {@code 1 / (n - 1)}, as a factor: {@code S = F^T F}. Fewer codes
 * than dimensions make it singular, so it is never inverted and a plain Cholesky decomposition
 * never asked of it.
 */
final class Covariance {

  /** Directions with less variance than this share of the largest count as having none. */
  private static final double RANK_TOLERANCE = 1e-12;

  final double[] mean;

  /** At most {@code min(n, d)} rows of {@code d} values. */
  final double[][] factor;

  final int rank;
  final double trace;

  /** The shrinkage of Ledoit and Wolf (2004), in [0, 1]. */
  final double shrinkage;

  private Covariance(double[] mean, double[][] factor, int rank, double trace, double shrinkage) {
    this.mean = mean;
    this.factor = factor;
    this.rank = rank;
    this.trace = trace;
    this.shrinkage = shrinkage;
  }

  static Covariance of(float[][] codes) {
    Codes.require(codes, 2);
    int n = codes.length;
    int d = codes[0].length;
    double[] mean = Codes.mean(codes);
    double[][] scaled = new double[n][d];
    double scale = 1 / Math.sqrt(n - 1.0);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        scaled[i][j] = (codes[i][j] - mean[j]) * scale;
      }
    }
    // Both products have the same eigenvalues above zero, so the smaller one tells all.
    double[][] product = n > d ? columnProducts(scaled) : rowProducts(scaled);
    double trace = 0;
    for (int i = 0; i < product.length; i++) {
      trace += product[i][i];
    }
    Codes.requireVariance(trace, n);
    double shrinkage = ledoitWolf(scaled, product, trace);
    double[][] root = pivotedCholesky(product);
    return new Covariance(mean, n > d ? root : scaled, root.length, trace, shrinkage);
  }

  /** A draw around the mean whose covariance is {@code scale^2 S}. */
  double[] draw(RandomGenerator random, double scale) {
    double[] code = mean.clone();
    for (double[] row : factor) {
      addScaled(code, scale * random.nextGaussian(), row);
    }
    return code;
  }

  /** {@code A A^T}: the products of rows with each other. */
  static double[][] rowProducts(double[][] a) {
    return product(a, false);
  }

  /** {@code A^T A}: the products of columns with each other. */
  private static double[][] columnProducts(double[][] a) {
    return product(a, true);
  }

  private static double[][] product(double[][] a, boolean ofColumns) {
    try (INDArray matrix = Nd4j.create(a);
        INDArray product = Nd4j.gemm(matrix, matrix, ofColumns, !ofColumns)) {
      return product.toDoubleMatrix();
    }
  }

  static void addScaled(double[] sum, double factor, double[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * vector[i];
    }
  }

  /**
   * {@code a = b^2 / d^2} of "A well-conditioned estimator for large-dimensional covariance
   * matrices", Journal of Multivariate Analysis 2004; its sums over matrices are rewritten as sums
   * over the smaller product.
   */
  private static double ledoitWolf(double[][] scaled, double[][] product, double trace) {
    int d = scaled[0].length;
    double fourth = 0;
    for (double[] row : scaled) {
      double square = Arrays.stream(row).map(v -> v * v).sum();
      fourth += square * square;
    }
    double norm = 0;
    for (double[] row : product) {
      norm += Arrays.stream(row).map(v -> v * v).sum();
    }
    // Shared factors of n cancel; what is left of 1 / (n - 1) against 1 / n cancels too.
    double spread = norm - trace * trace / d;
    double error = fourth - norm / scaled.length;
    return spread <= 0 ? 1 : Math.min(1, Math.max(0, error / spread));
  }

  /** Rows {@code f} with {@code f^T f = matrix}; as many as the matrix has rank. */
  private static double[][] pivotedCholesky(double[][] matrix) {
    int n = matrix.length;
    double[] left = new double[n];
    Arrays.setAll(left, i -> matrix[i][i]);
    double tolerance = Arrays.stream(left).max().orElse(0) * RANK_TOLERANCE;
    double[][] factor = new double[n][];
    int rank = 0;
    while (rank < n) {
      int pivot = 0;
      for (int i = 1; i < n; i++) {
        pivot = left[i] > left[pivot] ? i : pivot;
      }
      if (left[pivot] <= tolerance) {
        break;
      }
      double[] row = matrix[pivot].clone();
      for (int k = 0; k < rank; k++) {
        addScaled(row, -factor[k][pivot], factor[k]);
      }
      double root = Math.sqrt(left[pivot]);
      for (int i = 0; i < n; i++) {
        row[i] /= root;
        left[i] -= row[i] * row[i];
      }
      left[pivot] = 0;
      factor[rank++] = row;
    }
    return Arrays.copyOf(factor, rank);
  }
}
