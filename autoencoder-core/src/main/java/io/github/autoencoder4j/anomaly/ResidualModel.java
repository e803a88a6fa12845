package io.github.autoencoder4j.anomaly;

import com.google.common.base.Suppliers;
import io.github.autoencoder4j.internal.numerics.Covariance;
import io.github.autoencoder4j.internal.numerics.ShrunkCovariance;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges what an autoencoder left of a row, {@code r = row - reconstruction}, by what it leaves of
 * normal rows, and the row's code by the codes of normal rows.
 *
 * <p>The squared error alone forgets that some columns are always reconstructed badly, and that
 * errors go together. With mean {@code m} and standard deviation {@code s} of each column's normal
 * residuals, {@code z = (r - m) / s}, and the correlation of normal residuals shrunk towards none,
 * {@code R = (1 - a) C + a tr(C)/d I} with the {@code a} of Ledoit and Wolf ("A well-conditioned
 * estimator for large-dimensional covariance matrices", Journal of Multivariate Analysis 2004), but
 * at least 1e-6, the scores are
 *
 * <pre>
 *   squared       sum of r_j^2
 *   diagonal      sum of z_j^2
 *   mahalanobis   z^T R^-1 z, about the diagonal one where errors are independent
 *   code          distance to the k-th nearest normal code
 * </pre>
 *
 * <p>Standard deviations below a hundredth of the median of those above zero are raised to it, so
 * that a column that was always reconstructed exactly counts much, but not infinitely.
 *
 * <pre>{@code
 * ResidualModel model = ResidualModel.fit(residuals, codes, 5); // of normal rows
 * CalibratedSum sum = CalibratedSum.of(model.scores(heldOutResiduals, heldOutCodes));
 * double score = sum.score(model.scores(residual, code));
 * double[] columns = model.mahalanobis().split(residual); // which columns it was
 * }</pre>
 *
 * <p>Instances are immutable and thread-safe as long as the codes are left alone: they are kept,
 * not copied.
 */
public final class ResidualModel {

  /** Smaller standard deviations are raised to this share of the median of those above zero. */
  private static final double LEAST_DEVIATION = 0.01;

  private static final double LEAST_SHRINKAGE = 1e-6;

  private final Standardization standardization;
  private final @Nullable AnomalyScorer codes;
  private final ColumnScorer squared;
  private final ColumnScorer diagonal;

  /** Takes by far the longest where there are many columns, so it waits until it is asked for. */
  private final Supplier<ColumnScorer> mahalanobis;

  private ResidualModel(float[][] residuals, @Nullable AnomalyScorer codes) {
    int columns = NormalRows.require(residuals, 2);
    this.codes = codes;
    this.standardization = Standardization.fit(residuals, LEAST_DEVIATION);
    // A copy, so that it does not matter what becomes of the residuals until it is needed.
    float[][] standardized = standardization.apply(residuals);
    this.squared = new Judge(columns, ResidualModel::squares);
    this.diagonal = new SquaredNorm(standardization);
    this.mahalanobis = Suppliers.memoize(() -> mahalanobis(standardized, standardization));
  }

  private static ColumnScorer mahalanobis(float[][] standardized, Standardization standardization) {
    Covariance covariance = Covariance.of(standardized);
    UnaryOperator<double[]> solver =
        new ShrunkCovariance(covariance, Math.max(LEAST_SHRINKAGE, covariance.shrinkage)).solver();
    int columns = standardization.columns();
    return new Judge(
        columns,
        residual -> {
          double[] z = standardization.exactly(residual);
          double[] solved = solver.apply(z);
          for (int j = 0; j < columns; j++) {
            z[j] *= solved[j];
          }
          return z;
        });
  }

  /**
   * Fits to the residuals of normal rows; codes are not judged.
   *
   * @param residuals {@code [n][d]}, row less reconstruction, finite; at least 2, not all equal.
   *     Best of rows that the autoencoder was not trained on, whose residuals are larger
   * @return the model
   * @throws IllegalArgumentException if there are fewer than 2 rows, or rows differ in length, have
   *     no values, are not finite or are all equal
   */
  public static ResidualModel fit(float[][] residuals) {
    return new ResidualModel(residuals, null);
  }

  /**
   * Fits to the residuals and codes of normal rows.
   *
   * @param residuals {@code [n][d]}, row less reconstruction, finite; at least 2, not all equal
   * @param codes {@code [n][k]}, the codes of the same rows, finite; kept, not copied
   * @param neighbors which of the nearest codes is measured, counted from 1; 5 is usual
   * @return the model
   * @throws IllegalArgumentException if there are not as many codes as residuals or fewer than
   *     {@code neighbors}, {@code neighbors} is below 1, there are fewer than 2 rows, or rows
   *     differ in length, have no values, are not finite, or the residuals are all equal
   */
  public static ResidualModel fit(float[][] residuals, float[][] codes, int neighbors) {
    requireAsMany(residuals, codes);
    NormalRows.require(codes, 1);
    return new ResidualModel(residuals, NeighborDistance.of(codes, neighbors));
  }

  /**
   * Returns the scorer by squared error.
   *
   * @return of residuals: {@code sum of r_j^2}, split by column into {@code r_j^2}
   */
  public ColumnScorer squared() {
    return squared;
  }

  /**
   * Returns the scorer by squared error, each value divided by its own spread.
   *
   * @return of residuals: {@code sum of z_j^2}, split by column into {@code z_j^2}
   */
  public ColumnScorer diagonal() {
    return diagonal;
  }

  /**
   * Returns the scorer by the squared distance in units of the shrunk covariance.
   *
   * @return of residuals: {@code z^T R^-1 z}, split by column into {@code z_j (R^-1 z)_j}, which
   *     may be below 0 for a column that makes others less odd
   */
  public ColumnScorer mahalanobis() {
    return mahalanobis.get();
  }

  /**
   * Computes all scores of residuals; codes are not judged.
   *
   * @param residual {@code d} finite values
   * @return squared, diagonal, mahalanobis
   * @throws IllegalStateException if the model was fitted with codes
   * @throws IllegalArgumentException if the residual has another length or is not finite
   */
  public double[] scores(float[] residual) {
    if (codes != null) {
      throw new IllegalStateException(
          "the model was fitted with codes; give the code of the row beside its residual");
    }
    return residualScores(residual);
  }

  /**
   * Computes all scores of a row.
   *
   * @param residual {@code d} finite values
   * @param code {@code k} finite values
   * @return squared, diagonal, mahalanobis, code
   * @throws IllegalStateException if the model was fitted without codes
   * @throws IllegalArgumentException if residual or code has another length or is not finite
   */
  public double[] scores(float[] residual, float[] code) {
    return scores(new float[][] {residual}, new float[][] {code})[0];
  }

  /**
   * Computes all scores of rows; codes are not judged.
   *
   * @param residuals {@code [n][d]}, finite
   * @return {@code [n][3]}: squared, diagonal, mahalanobis
   * @throws IllegalStateException if the model was fitted with codes
   * @throws IllegalArgumentException if a residual has another length or is not finite
   */
  public double[][] scores(float[][] residuals) {
    NormalRows.requireAll(residuals, standardization.columns());
    return Arrays.stream(residuals).parallel().map(this::scores).toArray(double[][]::new);
  }

  /**
   * Computes all scores of rows.
   *
   * @param residuals {@code [n][d]}, finite
   * @param codes {@code [n][k]}, the codes of the same rows, finite
   * @return {@code [n][4]}: squared, diagonal, mahalanobis, code
   * @throws IllegalStateException if the model was fitted without codes
   * @throws IllegalArgumentException if there are not as many codes as residuals, or a residual or
   *     code has another length or is not finite
   */
  public double[][] scores(float[][] residuals, float[][] codes) {
    if (this.codes == null) {
      throw new IllegalStateException(
          "the model was fitted without codes; give residuals only, or fit it with codes");
    }
    requireAsMany(residuals, codes);
    NormalRows.requireAll(residuals, standardization.columns());
    double[] distances = this.codes.scores(codes);
    return IntStream.range(0, residuals.length)
        .parallel()
        .mapToObj(
            i -> {
              double[] scores = Arrays.copyOf(residualScores(residuals[i]), 4);
              scores[3] = distances[i];
              return scores;
            })
        .toArray(double[][]::new);
  }

  private double[] residualScores(float[] residual) {
    return new double[] {
      squared.score(residual), diagonal.score(residual), mahalanobis().score(residual)
    };
  }

  private static double[] squares(float[] residual) {
    double[] squares = new double[residual.length];
    Arrays.setAll(squares, j -> (double) residual[j] * residual[j]);
    return squares;
  }

  private static void requireAsMany(float[][] residuals, float[][] codes) {
    if (residuals.length != codes.length) {
      throw new IllegalArgumentException(
          "there must be one code a residual, but there are %s residuals and %s codes"
              .formatted(residuals.length, codes.length));
    }
  }

  /** A split of residuals, whose sum is the score. */
  private record Judge(int columns, Function<float[], double[]> splitter) implements ColumnScorer {

    @Override
    public double score(float[] row) {
      return Math.max(0, Arrays.stream(split(row)).sum());
    }

    @Override
    public double[] split(float[] row) {
      NormalRows.require(row, columns);
      return splitter.apply(row);
    }
  }
}
