package io.github.autoencoder4j.training;

/**
 * Hears how a run goes. Every method does nothing by default. Methods are called on the thread that
 * trains, so they should return soon; what they throw ends the run.
 *
 * <p>They may use the autoencoder that is being trained, whose weights they see as they are then,
 * and wait for other threads that do, which see the weights from before the run. To train it, or to
 * copy weights into it, is refused; a thread that tries that waits for the run.
 *
 * <pre>{@code
 * Training.epochs(20).listener(new TrainingListener() {
 *   public void onEpochEnd(EpochEnd epoch) {
 *     log.info("epoch {}: {}", epoch.epoch(), epoch.trainingLoss());
 *   }
 * });
 * }</pre>
 */
public interface TrainingListener {

  /**
   * The run resumes from a checkpoint. Called once, before the first batch, if {@code
   * Autoencoder.resume} found a checkpoint; a run that starts afresh does not call it.
   *
   * @param event where it resumes
   */
  default void onResume(Resumption event) {}

  /**
   * A step was made.
   *
   * @param event where in the run, and the loss
   */
  default void onBatchEnd(BatchEnd event) {}

  /**
   * An epoch is over.
   *
   * @param event which one, and its losses
   */
  default void onEpochEnd(EpochEnd event) {}

  /**
   * Something looks wrong, though the run continues.
   *
   * @param warning what was seen
   */
  default void onWarning(TrainingWarning warning) {}

  /**
   * What a warning said has come right by the end of the run; the history will not hold it.
   *
   * @param warning as it was given to {@link #onWarning}
   */
  default void onWarningWithdrawn(TrainingWarning warning) {}

  /**
   * The run is over and the weights are final. Not called if it ended in an exception, of which
   * {@link #onFailure} hears.
   *
   * @param history all of it
   */
  default void onEnd(History history) {}

  /**
   * The run ended in an exception, which whoever called {@code fit} or {@code resume} gets
   * afterwards. After a divergence the best weights are in place. What this method throws is added
   * to the exception as suppressed.
   *
   * @param cause what ended it, such as a {@link
   *     io.github.autoencoder4j.exception.DivergenceException}, or what a source or another
   *     listener threw
   */
  default void onFailure(Throwable cause) {}
}
