package io.github.autoencoder4j.anomaly;

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
  SQUARED,

  /** Each value judged by its own spread among normal residuals, for itself. */
  DIAGONAL,

  /**
   * All values judged together, by their spreads and correlations. For tables, whose columns are
   * reconstructed well or badly each in its own way.
   */
  MAHALANOBIS;

  ColumnScorer of(ResidualModel model) {
    return switch (this) {
      case SQUARED -> model.squared();
      case DIAGONAL -> model.diagonal();
      case MAHALANOBIS -> model.mahalanobis();
    };
  }
}
