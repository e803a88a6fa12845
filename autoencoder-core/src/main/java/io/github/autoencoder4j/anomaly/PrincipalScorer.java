package io.github.autoencoder4j.anomaly;

import io.github.autoencoder4j.internal.numerics.PrincipalAxes;
import java.util.Arrays;

/**
 * A weighted sum of squared coordinates along principal axes: each of the leading ones has its own
 * weight, all directions beside them share one.
 */
final class PrincipalScorer implements AnomalyScorer {

  /** Smaller variances are raised to this share of the largest. */
  private static final double FLOOR = 1e-4;

  private final Standardization standardization;
  private final PrincipalAxes axes;

  /** How much more than the rest a leading axis counts; below 0. */
  private final double[] extraWeights;

  private final double restWeight;

  private PrincipalScorer(
      Standardization standardization,
      PrincipalAxes axes,
      double[] extraWeights,
      double restWeight) {
    this.standardization = standardization;
    this.axes = axes;
    this.extraWeights = extraWeights;
    this.restWeight = restWeight;
  }

  static PrincipalScorer residual(float[][] normal, double share) {
    Standardization standardization = Standardization.fit(normal);
    PrincipalAxes axes = axes(normal, standardization);
    int kept = 0;
    double sum = 0;
    while (kept < axes.variances.length && sum < share * axes.totalVariance) {
      sum += axes.variances[kept++];
    }
    double[] weights = new double[kept];
    Arrays.fill(weights, -1);
    return new PrincipalScorer(standardization, axes, weights, 1);
  }

  static PrincipalScorer mahalanobis(float[][] normal) {
    Standardization standardization = Standardization.fit(normal);
    PrincipalAxes axes = axes(normal, standardization);
    double floor = FLOOR * axes.variances[0];
    double[] weights =
        Arrays.stream(axes.variances)
            .takeWhile(variance -> variance > floor)
            .map(variance -> 1 / variance - 1 / floor)
            .toArray();
    return new PrincipalScorer(standardization, axes, weights, 1 / floor);
  }

  private static PrincipalAxes axes(float[][] normal, Standardization standardization) {
    PrincipalAxes axes = PrincipalAxes.of(standardization.apply(normal));
    NormalRows.requireVariance(axes.totalVariance, normal.length);
    return axes;
  }

  @Override
  public int columns() {
    return standardization.columns();
  }

  @Override
  public double score(float[] row) {
    NormalRows.require(row, columns());
    double[] centered = axes.center(standardization.apply(row));
    double sum = 0;
    for (double value : centered) {
      sum += restWeight * value * value;
    }
    for (int k = 0; k < extraWeights.length; k++) {
      double coordinate = axes.coordinate(centered, k);
      sum += extraWeights[k] * coordinate * coordinate;
    }
    return Math.max(0, sum);
  }
}
