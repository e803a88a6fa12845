package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.training.Training;
import java.io.Serializable;

/**
 * What workers have to know of the settings of a run.
 *
 * @param threads that compute at a time: the cores of a task
 */
record RunSettings(
    int epochs, int batchSize, int warmup, boolean cosineDecay, double maxNorm, int threads)
    implements Serializable {

  static RunSettings of(Training training, int threads) {
    return new RunSettings(
        training.epochs(),
        training.batchSize(),
        training.warmupSteps(),
        training.hasCosineDecay(),
        training.maxGradientNorm(),
        threads);
  }

  Training training() {
    Training training =
        Training.epochs(epochs).batchSize(batchSize).warmup(warmup).threads(threads);
    if (maxNorm < Double.POSITIVE_INFINITY) {
      training = training.clipGradientNorm(maxNorm);
    }
    return cosineDecay ? training.cosineDecay() : training;
  }
}
