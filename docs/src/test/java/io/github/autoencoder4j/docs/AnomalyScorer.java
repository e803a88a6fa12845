package io.github.autoencoder4j.docs;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.metric.Mse;
import java.nio.file.Path;

/** Says how unlike the training data a sample is. One instance serves all threads. */
public final class AnomalyScorer {

  private final Autoencoder autoencoder;
  private final double threshold;

  /** Loads the model once, when the application starts. */
  public AnomalyScorer(Path model, double threshold) {
    this.autoencoder = Autoencoder.load(model);
    this.threshold = threshold;
  }

  /** The mean squared error of the reconstruction; the larger, the stranger. */
  public double score(float[] sample) {
    float[][] rows = {sample};
    return Mse.of(sample, autoencoder.reconstruct(rows)[0]);
  }

  /** Whether the sample is stranger than the threshold allows. */
  public boolean isAnomaly(float[] sample) {
    return score(sample) > threshold;
  }
}
