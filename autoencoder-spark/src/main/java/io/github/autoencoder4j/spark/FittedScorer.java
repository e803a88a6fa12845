package io.github.autoencoder4j.spark;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.anomaly.AnomalyScorer;
import io.github.autoencoder4j.anomaly.ResidualScore;
import java.io.Serializable;

/**
 * What a scorer is fitted from, on its way to other machines: each of them fits it anew, to the
 * same scores.
 */
final class FittedScorer implements Serializable {

  private static final long serialVersionUID = 1L;

  /** By digest. */
  private static final PerJvm<AnomalyScorer> FITTED = new PerJvm<>();

  private final ModelBytes model;
  private final float[][] rows;
  private final ResidualScore residual;
  private final int neighbors;
  private final String digest;

  /**
   * Names what is needed.
   *
   * @param rows normal ones; at least 40
   */
  FittedScorer(ModelBytes model, float[][] rows, ResidualScore residual, int neighbors) {
    this.model = model;
    this.rows = rows;
    this.residual = residual;
    this.neighbors = neighbors;
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putUnencodedChars(model.digest()).putUnencodedChars(residual.name()).putInt(neighbors);
    for (float[] row : rows) {
      for (float value : row) {
        hasher.putFloat(value);
      }
    }
    this.digest = hasher.hash().toString();
  }

  ModelBytes model() {
    return model;
  }

  float[][] rows() {
    return rows;
  }

  /** The one of this JVM, which all tasks share. */
  AnomalyScorer shared() {
    return FITTED.get(
        digest,
        () ->
            Anomalies.with(model.shared())
                .residual(residual)
                .neighbors(neighbors)
                // P-values are made of the many rows that lie elsewhere.
                .calibrationShare(1.0 / rows.length)
                .fit(rows));
  }
}
