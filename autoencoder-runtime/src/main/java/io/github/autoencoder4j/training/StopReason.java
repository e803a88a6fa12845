package io.github.autoencoder4j.training;

/** Why a training run ended. */
public enum StopReason {
  /** All epochs were run. */
  COMPLETED,
  /** The validation loss had not improved for as many epochs as the patience allows. */
  EARLY_STOPPED,
  /** Somebody asked it to stop. */
  CANCELLED
}
