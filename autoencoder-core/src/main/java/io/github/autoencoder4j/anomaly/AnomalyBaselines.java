package io.github.autoencoder4j.anomaly;

/**
 * Simple scorers of tables, which an autoencoder should beat. Each standardises columns itself,
 * with mean and population standard deviation of the normal rows; a column of one value is divided
 * by 1.
 *
 * <pre>{@code
 * AnomalyScorer line = AnomalyBaselines.mahalanobis(normal);
 * double auroc = RankingQuality.of(line.scores(test), anomalous).auroc();
 * }</pre>
 */
public final class AnomalyBaselines {

  private AnomalyBaselines() {}

  /**
   * The squared distance from the mean, {@code sum of z_j^2} of the standardised row: no columns
   * are compared with each other. An autoencoder that reconstructs nothing but the mean scores like
   * this.
   *
   * @param normal {@code [n][d]}, finite; at least 1
   * @return the scorer
   * @throws IllegalArgumentException if there is no row, rows differ in length, have no values or
   *     are not finite
   */
  public static ColumnScorer squaredNorm(float[][] normal) {
    NormalRows.require(normal, 1);
    return new SquaredNorm(Standardization.fit(normal));
  }

  /**
   * The squared distance of the standardised row from the subspace of the leading principal
   * components (Jackson and Mudholkar, "Control Procedures for Residuals Associated With Principal
   * Component Analysis", Technometrics 1979), as few as hold the given share of the variance.
   *
   * @param normal {@code [n][d]}, finite; at least 2, not all equal
   * @param share of the variance, in (0, 1)
   * @return the scorer
   * @throws IllegalArgumentException if {@code share} is out of its range, there are fewer than 2
   *     rows, rows differ in length, have no values, are not finite or are all equal
   */
  public static AnomalyScorer pcaResidual(float[][] normal, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "the share of the variance must lie between 0 and 1, but was " + share);
    }
    NormalRows.require(normal, 2);
    return PrincipalScorer.residual(normal, share);
  }

  /**
   * The squared distance in units of the covariance, {@code z^T S^-1 z} (Mahalanobis, "On the
   * generalised distance in statistics", 1936), where variances along principal axes below 1e-4 of
   * the largest are raised to it, so that a direction in which normal rows do not vary counts much
   * but not infinitely.
   *
   * @param normal {@code [n][d]}, finite; at least 2, not all equal
   * @return the scorer
   * @throws IllegalArgumentException if there are fewer than 2 rows, rows differ in length, have no
   *     values, are not finite or are all equal
   */
  public static AnomalyScorer mahalanobis(float[][] normal) {
    NormalRows.require(normal, 2);
    return PrincipalScorer.mahalanobis(normal);
  }

  /**
   * The Euclidean distance of the standardised row to the {@code k}-th nearest normal row
   * (Ramaswamy, Rastogi and Shim, "Efficient Algorithms for Mining Outliers from Large Data Sets",
   * SIGMOD 2000). The search is exact and compares with every normal row.
   *
   * @param normal {@code [n][d]}, finite; at least {@code k}
   * @param k which neighbour, counted from 1; 5 is usual
   * @return the scorer
   * @throws IllegalArgumentException if {@code k} is below 1 or above the number of rows, or rows
   *     differ in length, have no values or are not finite
   */
  public static AnomalyScorer nearestNeighbor(float[][] normal, int k) {
    NormalRows.require(normal, 1);
    return NeighborDistance.ofStandardized(normal, k);
  }
}
