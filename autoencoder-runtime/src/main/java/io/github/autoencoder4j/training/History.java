package io.github.autoencoder4j.training;

import java.util.List;

/**
 * What happened in a training run.
 *
 * <pre>{@code
 * History history = autoencoder.fit(train, Training.epochs(20).validation(held));
 * double best = history.validationLosses()[history.bestEpoch() - 1];
 * history.warnings().forEach(warning -> log.warn(warning.message()));
 * }</pre>
 *
 * @param epochs the epochs that were finished, in order; immutable
 * @param bestEpoch the epoch with the smallest {@link EpochEnd#monitoredLoss()}, from 1; 0 if no
 *     epoch was finished
 * @param restoredBest whether the weights of {@code bestEpoch} were put back at the end
 * @param stopReason why the run ended
 * @param warnings what the owner of the run should know; immutable
 */
public record History(
    List<EpochEnd> epochs,
    int bestEpoch,
    boolean restoredBest,
    StopReason stopReason,
    List<TrainingWarning> warnings) {

  /**
   * Copies the lists.
   *
   * @param epochs the epochs that were finished, in order; immutable
   * @param bestEpoch the epoch with the smallest {@link EpochEnd#monitoredLoss()}, from 1; 0 if no
   *     epoch was finished
   * @param restoredBest whether the weights of {@code bestEpoch} were put back at the end
   * @param stopReason why the run ended
   * @param warnings what the owner of the run should know; immutable
   */
  public History {
    epochs = List.copyOf(epochs);
    warnings = List.copyOf(warnings);
  }

  /**
   * The training loss of each epoch.
   *
   * @return a new array, one loss an epoch
   */
  public double[] trainingLosses() {
    return epochs.stream().mapToDouble(EpochEnd::trainingLoss).toArray();
  }

  /**
   * The validation loss of each epoch.
   *
   * @return a new array, one loss an epoch; empty if there were no validation data
   */
  public double[] validationLosses() {
    return epochs.stream()
        .filter(epoch -> epoch.validationLoss().isPresent())
        .mapToDouble(epoch -> epoch.validationLoss().getAsDouble())
        .toArray();
  }
}
