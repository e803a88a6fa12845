package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.anomaly.ConformalCalibration;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The scores of normal samples, on their way to other machines, each of which sorts them once. */
final class NormalScores implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double[] scores;
  private transient @Nullable ConformalCalibration calibration;

  NormalScores(double[] scores) {
    this.scores = scores;
  }

  double[] scores() {
    return scores;
  }

  /** What turns scores into p-values. */
  synchronized ConformalCalibration calibration() {
    if (calibration == null) {
      calibration = ConformalCalibration.of(scores);
    }
    return calibration;
  }
}
