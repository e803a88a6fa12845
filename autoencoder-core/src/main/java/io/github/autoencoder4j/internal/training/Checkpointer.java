package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one run to its folder, when it is time to. A disk that fails is worth a warning, not the
 * hours that a run has taken.
 */
final class Checkpointer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

  private final Checkpoints settings;
  private final CheckpointFolder folder;
  private long lastTime = System.nanoTime();

  /** Whether the last attempt failed: one cause makes one warning. */
  private boolean failing;

  private Checkpointer(Checkpoints settings, CheckpointFolder folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /**
   * Opens the folder of a run.
   *
   * @throws IllegalStateException if another run has it open
   * @throws UncheckedIOException if it cannot be written to
   */
  static Checkpointer open(Checkpoints settings, ModelPart model, Disk disk) {
    try {
      return new Checkpointer(settings, CheckpointFolder.open(settings.folder(), model, disk));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "checkpoints cannot be written into %s (%s); choose a folder that can be written to"
              .formatted(settings.folder(), e),
          e);
    }
  }

  /**
   * Makes sure that a new run does not mix its checkpoints with another's.
   *
   * @throws IllegalStateException if there are any
   */
  void requireEmpty() {
    if (!isEmpty()) {
      throw new IllegalStateException(
          ("%s already holds checkpoints of a run; resume it with resume(...), or choose another"
                  + " folder for a new run")
              .formatted(settings.folder()));
    }
  }

  /** Whether there is no checkpoint. */
  boolean isEmpty() {
    try {
      return folder.list().isEmpty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads the newest checkpoint that is whole.
   *
   * @param warn told of those that are not
   * @return empty if there are no checkpoints
   * @throws AutoencoderException if there are, but none is whole
   */
  Optional<Snapshot> newest(Consumer<TrainingWarning> warn) {
    try {
      return folder.newest(
          (file, damage) ->
              warn.accept(
                  new TrainingWarning(
                      TrainingWarning.Kind.CHECKPOINT_DAMAGED,
                      "the checkpoint %s is damaged (%s); the one before it is tried, and its steps are made again"
                          .formatted(file, damage.getMessage()))));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException(
        "the checkpoints in %s cannot be read: %s".formatted(settings.folder(), e), e);
  }

  /** Whether a step calls for a checkpoint. */
  boolean isDueAfterSteps(int before, int now) {
    int every = settings.everySteps();
    return (every > 0 && now / every > before / every) || isDueByTime();
  }

  /** Whether the end of an epoch calls for one. */
  boolean isDueAfterEpoch(int epoch) {
    return (settings.everyEpochs() > 0 && epoch % settings.everyEpochs() == 0) || isDueByTime();
  }

  private boolean isDueByTime() {
    return settings
        .every()
        .map(time -> System.nanoTime() - lastTime >= time.toNanos())
        .orElse(false);
  }

  /**
   * Writes a checkpoint.
   *
   * @param warn told if that fails
   * @return whether it is there
   */
  boolean write(
      Engine engine, RunState run, Circumstances circumstances, Consumer<TrainingWarning> warn) {
    boolean there =
        attempt(
            () -> folder.write(engine, run, circumstances, settings.keepLast()),
            engine.store().iteration(),
            warn);
    lastTime = System.nanoTime();
    return there;
  }

  /**
   * Writes the best epoch so far, if that is wanted.
   *
   * @param warn told if that fails
   */
  void writeBest(
      Engine engine, RunState run, Circumstances circumstances, Consumer<TrainingWarning> warn) {
    if (settings.keepsBest()) {
      attempt(() -> folder.writeBest(engine, run, circumstances), engine.store().iteration(), warn);
    }
  }

  private boolean attempt(Attempt attempt, int step, Consumer<TrainingWarning> warn) {
    try {
      attempt.run();
      failing = false;
      return true;
    } catch (IOException e) {
      if (failing) {
        LOG.debug("checkpoints still cannot be written", e);
        return false;
      }
      failing = true;
      warn.accept(
          new TrainingWarning(
              TrainingWarning.Kind.CHECKPOINT_NOT_WRITTEN,
              ("the checkpoint after step %s could not be written into %s (%s). The run continues, and"
                      + " what was written before is kept; remove the cause, such as a full disk,"
                      + " and the next one is written again")
                  .formatted(step, settings.folder(), e)));
      return false;
    }
  }

  /** What may fail. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  @Override
  public void close() {
    folder.close();
  }
}
