package io.github.autoencoder4j.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When a run is written to disk, so that it can be resumed after whatever ended it: an immutable
 * value whose methods return changed copies, in any order.
 *
 * <pre>{@code
 * Training training =
 *     Training.epochs(30).checkpoints(Checkpoints.in(folder).every(Duration.ofMinutes(10)).keepBest());
 * autoencoder.resume(data, training); // starts, or resumes from the newest checkpoint
 * }</pre>
 *
 * <p>A checkpoint is a model file, {@code checkpoint-<steps>.aemodel}, that also holds the whole
 * state of its run. It is written at once or not at all, and at the end of a run in any case. If
 * one cannot be written, the run continues with a {@link TrainingWarning}.
 */
public final class Checkpoints {

  private final Path folder;

  // Set on fresh copies only, before anybody else sees them.
  private int everyEpochs;
  private int everySteps;
  private Optional<Duration> every = Optional.empty();
  private int keepLast = 2;
  private boolean keepsBest;

  private Checkpoints(Path folder) {
    this.folder = folder;
  }

  private Checkpoints copy() {
    Checkpoints copy = new Checkpoints(folder);
    copy.everyEpochs = everyEpochs;
    copy.everySteps = everySteps;
    copy.every = every;
    copy.keepLast = keepLast;
    copy.keepsBest = keepsBest;
    return copy;
  }

  /**
   * Starts from the defaults: a checkpoint after every epoch, of which the last 2 are kept.
   *
   * @param folder for the checkpoints of one run; created if missing
   * @return the settings
   */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(Objects.requireNonNull(folder, "folder"));
  }

  /**
   * Writes one whenever some epochs are over. May be combined with the other rhythms.
   *
   * @param epochs how many; at least 1
   * @return changed settings
   * @throws IllegalArgumentException if {@code epochs} is below 1
   */
  public Checkpoints everyEpochs(int epochs) {
    Training.requireAtLeastOne("the epochs between checkpoints", epochs);
    Checkpoints copy = copy();
    copy.everyEpochs = epochs;
    return copy;
  }

  /**
   * Writes one whenever some steps were made, within epochs too. May be combined with the other
   * rhythms.
   *
   * @param steps how many; at least 1
   * @return changed settings
   * @throws IllegalArgumentException if {@code steps} is below 1
   */
  public Checkpoints everySteps(int steps) {
    Training.requireAtLeastOne("the steps between checkpoints", steps);
    Checkpoints copy = copy();
    copy.everySteps = steps;
    return copy;
  }

  /**
   * Writes one at the first step after some time has passed. May be combined with the other
   * rhythms.
   *
   * @param time how long; above zero
   * @return changed settings
   * @throws IllegalArgumentException if {@code time} is not above zero
   */
  public Checkpoints every(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(
          "the time between checkpoints must be above zero, but was " + time);
    }
    Checkpoints copy = copy();
    copy.every = Optional.of(time);
    return copy;
  }

  /**
   * How many of the latest checkpoints to keep. With more than one, a run survives that the newest
   * is damaged.
   *
   * @param count at least 1; 2 by default
   * @return changed settings
   * @throws IllegalArgumentException if {@code count} is below 1
   */
  public Checkpoints keepLast(int count) {
    Training.requireAtLeastOne("the number of checkpoints to keep", count);
    Checkpoints copy = copy();
    copy.keepLast = count;
    return copy;
  }

  /**
   * Also keeps the best epoch so far, by {@link EpochEnd#monitoredLoss()}, as {@code best.aemodel}.
   *
   * @return changed settings
   */
  public Checkpoints keepBest() {
    Checkpoints copy = copy();
    copy.keepsBest = true;
    return copy;
  }

  /**
   * Where they are written.
   *
   * @return the folder as it was given
   */
  public Path folder() {
    return folder;
  }

  /**
   * The epochs from one to the next.
   *
   * @return 1 if no rhythm was chosen, 0 if only others were
   */
  public int everyEpochs() {
    return everyEpochs == 0 && everySteps == 0 && every.isEmpty() ? 1 : everyEpochs;
  }

  /**
   * The steps from one to the next.
   *
   * @return 0 if steps do not matter
   */
  public int everySteps() {
    return everySteps;
  }

  /**
   * The time from one to the next.
   *
   * @return empty if time does not matter
   */
  public Optional<Duration> every() {
    return every;
  }

  /**
   * How many of the latest are kept.
   *
   * @return at least 1
   */
  public int keepLast() {
    return keepLast;
  }

  /**
   * Whether the best epoch is kept too.
   *
   * @return false by default
   */
  public boolean keepsBest() {
    return keepsBest;
  }
}
