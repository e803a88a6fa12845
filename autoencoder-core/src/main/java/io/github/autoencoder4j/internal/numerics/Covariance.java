package io.github.autoencoder4j.internal.numerics;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The covariance of rows, with {@code 1 / (n - 1)}, as a factor: {@code S = F^T F}. Fewer rows than
 * columns make it singular, so it is never inverted and a plain Cholesky decomposition never asked
 * of it.
 */
public final class Covariance {

  /** Directions with less variance than this share of the largest count as having none. */
  private static final double RANK_TOLERANCE = 1e-12;

  /** The mean of the rows. */
  public final double[] mean;

  /** At most {@code min(n, d)} rows of {@code d} values. */
  public final double[][] factor;

  /** How many directions the rows vary in. */
  public final int rank;

  /** The sum of the variances of the columns. */
  public final double trace;

  /** The shrinkage of Ledoit and Wolf (2004), in [0, 1]; 1 if nothing varies. */
  public final double shrinkage;

  private Covariance(CenteredRows rows) {
    this.mean = rows.mean;
    this.trace = rows.trace();
    this.shrinkage = ledoitWolf(rows, trace);
    double[][] root = pivotedCholesky(rows.products);
    this.rank = root.length;
    this.factor = rows.ofColumns() ? root : rows.scaled;
  }

  private Covariance(double[] mean, double[][] matrix) {
    this.mean = mean.clone();
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      sum += matrix[i][i];
    }
    this.trace = sum;
    // The rows would have to be known.
    this.shrinkage = Double.NaN;
    this.factor = pivotedCholesky(matrix);
    this.rank = factor.length;
  }

  /**
   * Takes a covariance that is known, such as one of rows that were never in one place.
   *
   * @param mean of the rows, {@code d} values
   * @param matrix {@code [d][d]}, symmetric, with no negative eigenvalue
   * @return the covariance, whose {@link #shrinkage} is not known
   */
  public static Covariance of(double[] mean, double[][] matrix) {
    return new Covariance(mean, matrix);
  }

  /**
   * Takes the covariance of rows.
   *
   * @param rows {@code [n][d]}, finite; at least 2
   * @return their covariance
   */
  public static Covariance of(float[][] rows) {
    return new Covariance(new CenteredRows(rows));
  }

  /**
   * Draws around the mean with covariance {@code scale^2 S}.
   *
   * @param random what to draw from
   * @param scale of the deviation from the mean
   * @return {@code d} values
   */
  public double[] draw(RandomGenerator random, double scale) {
    double[] code = mean.clone();
    for (double[] row : factor) {
      addScaled(code, scale * random.nextGaussian(), row);
    }
    return code;
  }

  /**
   * Adds a multiple of a vector to a sum.
   *
   * @param sum is changed
   * @param factor of the vector
   * @param vector as many values
   */
  public static void addScaled(double[] sum, double factor, double[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * vector[i];
    }
  }

  /**
   * {@code a = b^2 / d^2} of "A well-conditioned estimator for large-dimensional covariance
   * matrices", Journal of Multivariate Analysis 2004; its sums over matrices are rewritten as sums
   * over the smaller product.
   */
  private static double ledoitWolf(CenteredRows rows, double trace) {
    int d = rows.mean.length;
    double fourth = 0;
    for (double[] row : rows.scaled) {
      double square = Arrays.stream(row).map(v -> v * v).sum();
      fourth += square * square;
    }
    double norm = 0;
    for (double[] row : rows.products) {
      norm += Arrays.stream(row).map(v -> v * v).sum();
    }
    // Shared factors of n cancel; what is left of 1 / (n - 1) against 1 / n cancels too.
    double spread = norm - trace * trace / d;
    double error = fourth - norm / rows.scaled.length;
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
