package io.github.autoencoder4j.anomaly;

/**
 * A scorer that tells which columns of a row made its score.
 *
 * <pre>{@code
 * ColumnScorer scorer = ResidualModel.fit(normalResiduals).diagonal();
 * double[] shares = scorer.split(residual); // sum to scorer.score(residual)
 * }</pre>
 */
public interface ColumnScorer extends AnomalyScorer {

  /**
   * Splits the score of a row among its columns.
   *
   * @param row {@code columns()} finite values
   * @return {@code columns()} values whose sum is {@link #score} but for rounding
   * @throws IllegalArgumentException if the row has another length or holds a value that is not
   *     finite
   */
  double[] split(float[] row);
}
