package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of training: epochs of batches, judged, watched and, where asked, stopped early. */
@SuppressWarnings("try") // The scope outside of workspaces is held open, never read.
public final class Trainer {

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Engine engine;
  private final Course course;
  private final Training settings;
  private final Watch watch;
  private final RunState run;

  private Trainer(Engine engine, Course course, Training settings, Watch watch) {
    this.engine = engine;
    this.course = course;
    this.settings = settings;
    this.watch = watch;
    this.run = watch.run();
  }

  /**
   * Trains a network, or resumes its run.
   *
   * @param engine the network; its weights change
   * @param data clean samples; those of the run if it is resumed
   * @param settings how to train; with checkpoints to resume
   * @param model what checkpoints say of the network
   * @param resume whether to go on where the newest checkpoint stopped, if there is one
   * @return what happened, from the start of the run on
   * @throws IllegalArgumentException if the settings do not fit the data, the optimiser or the run
   * @throws IllegalStateException if the folder for checkpoints is in use, or holds any and the run
   *     is not resumed
   * @throws DivergenceException if the loss explodes or stops being a number; the network then has
   *     the best weights seen
   */
  public static History train(
      Engine engine, ImageSource data, Training settings, ModelPart model, boolean resume) {
    return train(engine, data, settings, model, Disk.SYSTEM, resume);
  }

  /**
   * Lets workers train a network, or resume its run.
   *
   * @param engine the network; its weights change
   * @param rounds the workers
   * @param settings how to train; with checkpoints to resume
   * @param model what checkpoints say of the network
   * @param resume whether to go on where the newest checkpoint stopped, if there is one
   * @return what happened, from the start of the run on
   * @throws IllegalArgumentException if the settings do not fit the data, the optimiser or the run
   * @throws IllegalStateException if the folder for checkpoints is in use, or holds any and the run
   *     is not resumed
   * @throws DivergenceException if the loss explodes or stops being a number; the network then has
   *     the best weights seen
   */
  public static History train(
      Engine engine, Rounds rounds, Training settings, ModelPart model, boolean resume) {
    Course course = new RoundCourse(engine, rounds, settings);
    Map<String, String> exact = new LinkedHashMap<>(rounds.circumstances());
    int[] samples = rounds.samples();
    exact.put(
        "workers",
        "%s with %s samples, %08x"
            .formatted(
                samples.length,
                Arrays.stream(samples).asLongStream().sum(),
                Arrays.hashCode(samples)));
    exact.put("steps of a round", String.valueOf(rounds.steps()));
    exact.put("outer step", rounds.outerStep().toString());
    Start start = new Start(engine, rounds.spread(), settings, course, exact);
    return start.train(model, Disk.SYSTEM, resume);
  }

  static History train(
      Engine engine,
      ImageSource data,
      Training settings,
      ModelPart model,
      Disk disk,
      boolean resume) {
    Course course = new BatchCourse(engine, data, settings);
    return new Start(engine, data, settings, course, Map.of()).train(model, disk, resume);
  }

  /** What a run is started with. */
  private record Start(
      Engine engine,
      ImageSource data,
      Training settings,
      Course course,
      Map<String, String> rounds) {

    History train(ModelPart model, Disk disk, boolean resume) {
      RunChecks.require(engine, data, settings);
      engine.setThreads(settings.threads().orElse(0));
      if (resume && settings.checkpoints().isEmpty()) {
        throw new IllegalArgumentException(
            "a run is resumed from its checkpoints, but the settings do not say where they are;"
                + " add checkpoints(Checkpoints.in(folder))");
      }
      // What training allocates outlives any workspace that the caller may be in.
      try (Engine.Scope outside = Engine.outsideWorkspaces();
          Checkpointer checkpointer =
              settings.checkpoints().map(to -> Checkpointer.open(to, model, disk)).orElse(null)) {
        if (checkpointer != null) {
          // A model that cannot be represented in a file should fail now, not at the first
          // checkpoint.
          model.write(engine);
        }
        Validation validation =
            settings.validation().map(held -> new Validation(engine, held)).orElse(null);
        Watch watch = new Watch(engine, data, settings, course, rounds, validation, checkpointer);
        if (checkpointer != null && resume) {
          new Restoration(engine, settings, checkpointer, watch).restore();
        } else if (checkpointer != null) {
          checkpointer.requireEmpty();
        }
        if (watch.run().epochs.isEmpty() && watch.run().batch == 0) {
          WideLatent.check(engine.spec()).ifPresent(watch::warn);
        }
        return new Trainer(engine, course, settings, watch).run();
      } finally {
        engine.setThreads(0);
      }
    }
  }

  private History run() {
    History history;
    try {
      history = trained();
    } catch (RuntimeException | Error e) {
      for (TrainingListener listener : settings.listeners()) {
        try {
          listener.onFailure(e);
        } catch (RuntimeException second) {
          e.addSuppressed(second);
        }
      }
      throw e;
    }
    settings.listeners().forEach(listener -> listener.onEnd(history));
    return history;
  }

  private History trained() {
    long steps = (long) settings.epochs() * course.extent().steps();
    Optional<Schedule> own = Watch.optimizer(engine).schedule();
    Optional<Schedule> shaped =
        own.map(rate -> RunSchedule.of(rate, run.firstStep, steps, settings));
    boolean isShaped = !shaped.equals(own);
    if (isShaped) {
      shaped.ifPresent(engine.store()::setLearningRate);
    }
    LOG.info(
        "trains on {} with {} threads, batches divided into {}",
        engine.computePath(),
        engine.threads(),
        engine.division(Math.min(settings.batchSize(), course.extent().samples())));
    StopReason reason;
    try {
      reason = runEpochs(shaped);
      watch.checkpoint();
    } finally {
      if (isShaped) {
        // The optimiser's own rate again, for a later run.
        own.ifPresent(engine.store()::setLearningRate);
      }
      engine.endTraining();
    }
    boolean restore = settings.patience().isPresent() && run.bestEpoch > 0;
    if (restore) {
      engine.store().setParameters(run.bestParameters);
    }
    if (reason != StopReason.CANCELLED) {
      watch.lookForCollapse(restore ? run.bestEpoch : run.epochs.size());
    }
    return new History(run.epochs, run.bestEpoch, restore, reason, run.warnings);
  }

  /** Goes on from wherever the run is. */
  private StopReason runEpochs(Optional<Schedule> schedule) {
    while (run.epoch <= settings.epochs()) {
      if (settings.patience().isPresent()
          && run.epoch - 1 - run.bestEpoch >= settings.patience().getAsInt()) {
        return StopReason.EARLY_STOPPED;
      }
      if (!finishEpoch()) {
        return StopReason.CANCELLED;
      }
      watch.endEpoch(schedule);
    }
    return StopReason.COMPLETED;
  }

  /** False if the run was cancelled before the end of the epoch. */
  private boolean finishEpoch() {
    try {
      return course.finishEpoch(watch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
