package io.github.autoencoder4j.anomaly;

import java.util.function.Function;

/**
 * How {@link Anomalies} judges a residual {@code r}, the row less its reconstruction. {@link
 * ResidualModel} has the formulas.
 *
 * <pre>{@code
 * Anomalies anomalies = Anomalies.with(autoencoder).residual(ResidualScore.SQUARED).fit(heldOut);
 * }</pre>
 */
public enum ResidualScore {
  /**
   * The squared error: each value counts as it is. Where values share a unit, as pixels do, of
   * which those that are nearly always black have hardly any spread to be judged by.
   */
  SQUARED(ResidualModel::squared),

  /** Each value judged by its own spread among normal residuals, for itself. */
  DIAGONAL(ResidualModel::diagonal),

  /**
   * All values judged together, by their spreads and correlations. For tables, whose columns are
   * reconstructed well or badly each in its own way.
   */
  MAHALANOBIS(ResidualModel::mahalanobis);

  private final Function<ResidualModel, ColumnScorer> scorer;

  ResidualScore(Function<ResidualModel, ColumnScorer> scorer) {
    this.scorer = scorer;
  }

  ColumnScorer of(ResidualModel model) {
    return scorer.apply(model);
  }
}
