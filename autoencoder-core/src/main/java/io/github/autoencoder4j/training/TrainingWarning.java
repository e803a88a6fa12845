package io.github.autoencoder4j.training;

import java.util.Objects;

/**
 * Something about a run that its owner should know, though it goes on.
 *
 * @param kind what it is about
 * @param message what was seen, the likely cause, and the way out
 */
public record TrainingWarning(Kind kind, String message) {

  /** What a warning is about. */
  public enum Kind {
    /** The outputs hardly depend on the inputs: the network predicts the mean image. */
    COLLAPSE
  }

  /**
   * Checks that nothing is missing.
   *
   * @param kind what it is about
   * @param message what was seen, the likely cause, and the way out
   */
  public TrainingWarning {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
  }
}
