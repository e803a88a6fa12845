package io.github.autoencoder4j.training;

import io.github.autoencoder4j.loss.Objective;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * @param trainingTerms what latent stages added to the objective, means over the batches of this
 *     epoch and the values of a sample, by name; empty for most autoencoders; immutable
 * @param validationTerms those of the validation data after this epoch, by name; immutable
 */
public record EpochEnd(
    int epoch,
    int epochs,
    double trainingLoss,
    OptionalDouble validationLoss,
    double penalty,
    double learningRate,
    Duration duration,
    Map<String, Double> trainingTerms,
    Map<String, Double> validationTerms) {

  /**
   * Copies the maps.
   *
   * @param epoch which, from 1
   * @param epochs how many were asked for
   * @param trainingLoss the mean reconstruction loss over the batches of this epoch
   * @param validationLoss the reconstruction loss of the validation data after this epoch
   * @param penalty what the weights add to the objective after this epoch
   * @param learningRate the rate of the last step
   * @param duration how long the epoch took
   * @param trainingTerms the means over the batches of this epoch, by name
   * @param validationTerms those of the validation data after this epoch, by name
   */
  public EpochEnd {
    trainingTerms = Collections.unmodifiableMap(new LinkedHashMap<>(trainingTerms));
    validationTerms = Collections.unmodifiableMap(new LinkedHashMap<>(validationTerms));
  }

  /**
   * The loss by which epochs are compared: of the validation data if there are any, else of the
   * training data, with all terms.
   *
   * @return the smaller the better
   */
  public double monitoredLoss() {
    return validationLoss.isPresent()
        ? new Objective(validationLoss.getAsDouble(), validationTerms).total()
        : new Objective(trainingLoss, trainingTerms).total();
  }
}
