package io.github.autoencoder4j.training;

import java.util.Objects;

/**
 * Something about a run that its owner should know, though it continues.
 *
 * @param kind what it is about
 * @param message what was seen, the likely cause, and the way out
 */
public record TrainingWarning(Kind kind, String message) {

  /** What a warning is about. */
  public enum Kind {
    /** The outputs hardly depend on the inputs: the network predicts the mean image. */
    COLLAPSE,
    /** The code is at least as wide as the input, so the network can copy. */
    NO_BOTTLENECK,
    /** A checkpoint could not be written; the run continues, but could not be resumed. */
    CHECKPOINT_NOT_WRITTEN,
    /** A checkpoint is damaged; the run resumes from one before it. */
    CHECKPOINT_DAMAGED,
    /** A run is resumed where sums may come out otherwise in their last bits. */
    OTHER_ENVIRONMENT
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
