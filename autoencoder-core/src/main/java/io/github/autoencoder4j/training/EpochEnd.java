package io.github.autoencoder4j.training;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * One epoch is over.
 *
 * @param epoch which, from 1
 * @param epochs how many were asked for
 * @param trainingLoss the mean reconstruction loss over the batches of this epoch, without penalty
 * @param validationLoss the reconstruction loss of the validation data after this epoch; empty if
 *     there are none
 * @param penalty what the weights add to the objective after this epoch
 * @param learningRate the rate of the last step; NaN for an optimiser without one
 * @param duration how long the epoch took, validation included
 */
public record EpochEnd(
    int epoch,
    int epochs,
    double trainingLoss,
    OptionalDouble validationLoss,
    double penalty,
    double learningRate,
    Duration duration) {

  /**
   * The loss by which epochs are compared: of the validation data if there are any, else of the
   * training data.
   *
   * @return the smaller the better
   */
  public double monitoredLoss() {
    return validationLoss.orElse(trainingLoss);
  }
}
