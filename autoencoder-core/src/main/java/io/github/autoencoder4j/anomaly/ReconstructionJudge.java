package io.github.autoencoder4j.anomaly;

import io.github.autoencoder4j.internal.numerics.NeighborSearch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Judges what an autoencoder made of rows, by what it made of normal ones: the residual, and the
 * neighbours of the row among normal reconstructions.
 */
final class ReconstructionJudge {

  private final ResidualModel residuals;
  private final ColumnScorer residual;
  private final float[][] references;
  private final @Nullable NeighborSearch search;
  private final int k;

  /**
   * Fits.
   *
   * @param normal whose residuals are learnt from
   * @param references the reconstructions to be near to; at least {@code k}
   * @param score how residuals are judged
   * @param k which neighbour counts, from 1; 0 if none does
   */
  ReconstructionJudge(Reconstructor.Rows normal, float[][] references, ResidualScore score, int k) {
    this.residuals = ResidualModel.fit(normal.residuals);
    this.residual = score.of(residuals);
    this.references = references;
    this.k = k;
    this.search = k == 0 ? null : NeighborSearch.of(references);
  }

  ResidualModel residuals() {
    return residuals;
  }

  /** Finds the {@code k}-th nearest normal reconstruction of each row; -1 if none counts. */
  int[] neighbors(Reconstructor.Rows rows) {
    int[] nearest = new int[rows.size()];
    Arrays.fill(nearest, -1);
    if (search != null) {
      NeighborSearch.Neighbors[] found = search.nearest(rows.inputs, k);
      Arrays.setAll(nearest, i -> found[i].indices[k - 1]);
    }
    return nearest;
  }

  /** Scores a row: its residual, and the distance to the neighbour. */
  double[] scores(Reconstructor.Rows rows, int i, int neighbor) {
    return scores(totals(split(rows, i, neighbor)));
  }

  /** What each part of a split sums to. */
  static double[] totals(double[][] split) {
    double[] totals = new double[split.length];
    Arrays.setAll(totals, part -> total(split[part]));
    return totals;
  }

  /** Makes scores of what the parts of a split sum to. */
  static double[] scores(double[] totals) {
    double[] scores = new double[totals.length];
    Arrays.setAll(scores, part -> Math.max(0, totals[part]));
    if (scores.length > 1) {
      scores[1] = Math.sqrt(scores[1]);
    }
    return scores;
  }

  static double total(double[] split) {
    double sum = 0;
    for (double value : split) {
      sum += value;
    }
    return sum;
  }

  /**
   * Splits the scores of a row among its columns.
   *
   * @return {@code [parts][columns]}; the first sums to its score, the second to its square
   */
  double[][] split(Reconstructor.Rows rows, int i, int neighbor) {
    double[] errors = residual.split(rows.residuals[i]);
    if (neighbor < 0) {
      return new double[][] {errors};
    }
    float[] row = rows.inputs[i];
    float[] near = references[neighbor];
    double[] distance = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      double difference = (double) row[j] - near[j];
      distance[j] = difference * difference;
    }
    return new double[][] {errors, distance};
  }
}
