package io.github.autoencoder4j.anomaly;

import java.util.Arrays;

/**
 * Tells how odd a row is, learnt from normal rows.
 *
 * <pre>{@code
 * AnomalyScorer scorer = AnomalyBaselines.nearestNeighbor(normal, 5);
 * double[] scores = scorer.scores(test);
 * double auroc = RankingQuality.of(scores, anomalous).auroc();
 * }</pre>
 *
 * <p>Implementations in this package are immutable and thread-safe.
 */
public interface AnomalyScorer {

  /**
   * Returns the length of a row.
   *
   * @return how many values a row has; at least 1
   */
  int columns();

  /**
   * Scores a row.
   *
   * @param row {@code columns()} finite values
   * @return at least 0; the higher, the odder
   * @throws IllegalArgumentException if the row has another length or holds a value that is not
   *     finite
   */
  double score(float[] row);

  /**
   * Scores rows, on all cores.
   *
   * @param rows {@code [n][columns()]}, finite
   * @return {@code n} scores, those of {@link #score}
   * @throws IllegalArgumentException if a row has another length or holds a value that is not
   *     finite
   */
  default double[] scores(float[][] rows) {
    NormalRows.requireAll(rows, columns());
    return Arrays.stream(rows).parallel().mapToDouble(this::score).toArray();
  }
}
