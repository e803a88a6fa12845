package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.training.Resumption;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingWarning;
import io.github.autoencoder4j.training.TrainingWarning.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a run back to where its newest checkpoint says that it was. */
final class Restoration {

  private final Engine engine;
  private final Training settings;
  private final Checkpointer checkpointer;
  private final Watch watch;

  Restoration(Engine engine, Training settings, Checkpointer checkpointer, Watch watch) {
    this.engine = engine;
    this.settings = settings;
    this.checkpointer = checkpointer;
    this.watch = watch;
  }

  void restore() {
    // Files cannot be read by a thread that is interrupted; the run itself ends at once then.
    boolean interrupted = Thread.interrupted();
    try {
      restoreNewest();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void restoreNewest() {
    List<TrainingWarning> damages = new ArrayList<>();
    Optional<Snapshot> newest = checkpointer.newest(damages::add);
    damages.forEach(watch::tell);
    if (newest.isPresent()) {
      Snapshot snapshot = newest.get();
      requireSameRun(snapshot);
      snapshot.restore(engine);
      RunState run = snapshot.progress;
      watch.resume(run);
      Resumption event = new Resumption(run.epoch, run.batch, run.epochs);
      settings.listeners().forEach(listener -> listener.onResume(event));
      warnOfOtherEnvironment(snapshot);
    }
    watch.run().warnings.addAll(damages);
  }

  private void requireSameRun(Snapshot snapshot) {
    List<String> differences =
        Circumstances.differences(snapshot.circumstances.exact(), watch.circumstances().exact());
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          ("the run in %s cannot be resumed exactly, because not all is as it was: %s. Give it"
                  + " what it had; or load its newest checkpoint and train that with fit(...), as a"
                  + " new run in another folder")
              .formatted(watch.folder(), String.join("; ", differences)));
    }
    // An epoch that is begun cannot be taken back.
    int begun = snapshot.progress.epochs.size() + (snapshot.progress.batch > 0 ? 1 : 0);
    if (settings.epochs() < begun) {
      throw new IllegalArgumentException(
          "the run in %s is in epoch %s already, so epochs must be at least that, but was %s"
              .formatted(watch.folder(), begun, settings.epochs()));
    }
  }

  private void warnOfOtherEnvironment(Snapshot snapshot) {
    List<String> differences =
        Circumstances.differences(
            snapshot.circumstances.environment(), watch.circumstances().environment());
    if (!differences.isEmpty()) {
      watch.warn(
          new TrainingWarning(
              Kind.OTHER_ENVIRONMENT,
              ("the run continues in another environment than it began in, where sums may come out"
                      + " otherwise in their last bits: %s. The results are as good, but not bit for"
                      + " bit those of a run that was never interrupted; for that, resume where it"
                      + " began, with the same Training.threads(...) and with oneDNN on the class path if it"
                      + " was")
                  .formatted(String.join("; ", differences))));
    }
  }
}
