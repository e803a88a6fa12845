package io.github.autoencoder4j.model;

import io.github.autoencoder4j.training.History;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One run of training that made a model what it is: on what, how, and what happened.
 *
 * @param samples how many samples an epoch had
 * @param fingerprint tells data apart: the SHA-256, in hexadecimal, of their size, their shape and
 *     at most 64 samples spread evenly over them; "unknown" if they could not be read again
 * @param epochs how many epochs were asked for
 * @param batchSize how many samples a step looked at
 * @param maxGradientNorm the bound on the gradient; infinity for none
 * @param warmupSteps over how many steps the learning rate rose
 * @param cosineDecay whether the learning rate fell along half a cosine
 * @param patience how many epochs without a new best were allowed; empty without early stopping
 * @param history what happened
 */
public record TrainingRun(
    int samples,
    String fingerprint,
    int epochs,
    int batchSize,
    double maxGradientNorm,
    int warmupSteps,
    boolean cosineDecay,
    OptionalInt patience,
    History history) {

  /**
   * Checks that nothing is missing.
   *
   * @param samples how many samples an epoch had
   * @param fingerprint tells data apart: the SHA-256, in hexadecimal, of their size, their shape
   *     and at most 64 samples spread evenly over them; "unknown" if they could not be read again
   * @param epochs how many epochs were asked for
   * @param batchSize how many samples a step looked at
   * @param maxGradientNorm the bound on the gradient; infinity for none
   * @param warmupSteps over how many steps the learning rate rose
   * @param cosineDecay whether the learning rate fell along half a cosine
   * @param patience how many epochs without a new best were allowed; empty without early stopping
   * @param history what happened
   */
  public TrainingRun {
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(patience, "patience");
    Objects.requireNonNull(history, "history");
  }
}
