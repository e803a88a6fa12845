package io.github.autoencoder4j.internal.training;

import com.google.common.base.Suppliers;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Resumption;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.training.TrainingWarning;
import io.github.autoencoder4j.training.TrainingWarning.Kind;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of training: epochs of batches, judged, watched and, where asked, stopped early. */
@SuppressWarnings("try") // The scope outside of workspaces is held open, never read.
public final class Trainer {

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Engine engine;
  private final ImageSource data;
  private final @Nullable Corruption corruption;
  private final Training settings;
  private final long seed;
  private final @Nullable Validation validation;
  private final @Nullable Checkpointer checkpointer;
  private final Explosion explosion;
  private final Supplier<Circumstances> circumstances;
  private RunState run;

  /** Whether the last checkpoint says where the run is now, so that none is written twice. */
  private boolean written;

  private Trainer(
      Engine engine,
      ImageSource data,
      @Nullable Corruption corruption,
      Training settings,
      long seed,
      @Nullable Checkpointer checkpointer) {
    this.engine = engine;
    this.data = data;
    this.corruption = corruption;
    this.settings = settings;
    this.seed = seed;
    this.validation =
        settings
            .validation()
            .map(held -> new Validation(engine, held, corruption, seed))
            .orElse(null);
    this.checkpointer = checkpointer;
    this.explosion = new Explosion(engine, data, settings.batchSize());
    this.circumstances = Suppliers.memoize(() -> Circumstances.of(engine, data, settings));
    this.run = new RunState(engine.iteration(), engine.parameters());
  }

  /**
   * Trains a network.
   *
   * @param engine the network; its weights change
   * @param data clean samples
   * @param corruption the noise on what the network sees, or null
   * @param settings how to train
   * @param seed chooses the order of the samples and the noise
   * @param model what checkpoints say of the network
   * @return what happened
   * @throws IllegalArgumentException if the settings do not fit the data or the optimiser
   * @throws IllegalStateException if the folder for checkpoints is in use or holds any
   * @throws DivergenceException if the loss explodes or stops being a number; the network then has
   *     the best weights seen
   */
  public static History train(
      Engine engine,
      ImageSource data,
      @Nullable Corruption corruption,
      Training settings,
      long seed,
      ModelPart model) {
    return start(engine, data, corruption, settings, seed, model, Disk.SYSTEM, false);
  }

  /**
   * Goes on with a run where its newest checkpoint stopped, or starts it if there is none.
   *
   * @param engine the network; its weights are replaced
   * @param data clean samples, those of the run
   * @param corruption the noise on what the network sees, or null
   * @param settings how to train, with checkpoints
   * @param seed chooses the order of the samples and the noise
   * @param model what checkpoints say of the network
   * @return what happened, from the start of the run on
   * @throws IllegalArgumentException if the settings do not fit the data, the optimiser or the run
   * @throws IllegalStateException if the folder for checkpoints is in use
   * @throws DivergenceException if the loss explodes or stops being a number; the network then has
   *     the best weights seen
   */
  public static History resume(
      Engine engine,
      ImageSource data,
      @Nullable Corruption corruption,
      Training settings,
      long seed,
      ModelPart model) {
    return start(engine, data, corruption, settings, seed, model, Disk.SYSTEM, true);
  }

  static History start(
      Engine engine,
      ImageSource data,
      @Nullable Corruption corruption,
      Training settings,
      long seed,
      ModelPart model,
      Disk disk,
      boolean resume) {
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
      Trainer trainer = new Trainer(engine, data, corruption, settings, seed, checkpointer);
      if (checkpointer != null && resume) {
        trainer.restore(checkpointer);
      } else if (checkpointer != null) {
        checkpointer.requireEmpty();
      }
      if (trainer.run.epochs.isEmpty() && trainer.run.batch == 0) {
        WideLatent.check(engine.spec()).ifPresent(trainer::warn);
      }
      return trainer.run();
    } finally {
      engine.setThreads(0);
    }
  }

  private static Optimizer optimizer(Engine engine) {
    return Objects.requireNonNull(engine.spec().optimizer(), "optimizer");
  }

  private void restore(Checkpointer from) {
    // Files cannot be read by a thread that is interrupted; the run itself ends at once then.
    boolean interrupted = Thread.interrupted();
    try {
      restoreNewest(from);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void restoreNewest(Checkpointer from) {
    List<TrainingWarning> damages = new ArrayList<>();
    Optional<Snapshot> newest = from.newest(damages::add);
    damages.forEach(this::tell);
    if (newest.isPresent()) {
      Snapshot snapshot = newest.get();
      requireSameRun(snapshot);
      snapshot.restore(engine);
      run = snapshot.progress;
      written = true;
      Resumption event = new Resumption(run.epoch, run.batch, run.epochs);
      settings.listeners().forEach(listener -> listener.onResume(event));
      warnOfOtherEnvironment(snapshot);
    }
    run.warnings.addAll(damages);
  }

  private void requireSameRun(Snapshot snapshot) {
    List<String> differences =
        Circumstances.differences(snapshot.circumstances.exact(), circumstances.get().exact());
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          ("the run in %s cannot be resumed exactly, because not all is as it was: %s. Give it"
                  + " what it had; or load its newest checkpoint and train that with fit(...), as a"
                  + " new run in another folder")
              .formatted(folder(), String.join("; ", differences)));
    }
    // An epoch that is begun cannot be taken back.
    int begun = snapshot.progress.epochs.size() + (snapshot.progress.batch > 0 ? 1 : 0);
    if (settings.epochs() < begun) {
      throw new IllegalArgumentException(
          "the run in %s is in epoch %s already, so epochs must be at least that, but was %s"
              .formatted(folder(), begun, settings.epochs()));
    }
  }

  private Path folder() {
    return settings.checkpoints().orElseThrow().folder();
  }

  private void warnOfOtherEnvironment(Snapshot snapshot) {
    List<String> differences =
        Circumstances.differences(
            snapshot.circumstances.environment(), circumstances.get().environment());
    if (!differences.isEmpty()) {
      warn(
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

  private History run() {
    long steps = (long) settings.epochs() * batchesPerEpoch();
    Optional<Schedule> own = optimizer(engine).schedule();
    Optional<Schedule> shaped =
        own.map(rate -> RunSchedule.of(rate, run.firstStep, steps, settings));
    boolean isShaped = !shaped.equals(own);
    if (isShaped) {
      shaped.ifPresent(engine::setLearningRate);
    }
    LOG.info(
        "trains on {} with {} threads, batches divided into {}",
        engine.computePath(),
        engine.threads(),
        engine.division(Math.min(settings.batchSize(), data.size())));
    StopReason reason;
    try {
      reason = runEpochs(shaped);
      checkpoint();
    } finally {
      if (isShaped) {
        // The optimiser's own rate again, for a later run.
        own.ifPresent(engine::setLearningRate);
      }
      engine.endTraining();
    }
    boolean restore = settings.patience().isPresent() && run.bestEpoch > 0;
    if (restore) {
      engine.setParameters(run.bestParameters);
    }
    if (reason != StopReason.CANCELLED) {
      lookForCollapse(restore ? run.bestEpoch : run.epochs.size());
    }
    History history = new History(run.epochs, run.bestEpoch, restore, reason, run.warnings);
    settings.listeners().forEach(listener -> listener.onEnd(history));
    return history;
  }

  /** Confirms, withdraws or raises the alarm, now that the weights are final. */
  private void lookForCollapse(int epoch) {
    Optional<TrainingWarning> now = CollapseAlarm.check(engine, data, epoch);
    List<TrainingWarning> earlier =
        run.warnings.stream().filter(warning -> warning.kind() == Kind.COLLAPSE).toList();
    run.warnings.removeAll(earlier);
    if (now.isPresent()) {
      warn(now.get());
      return;
    }
    for (TrainingWarning warning : earlier) {
      LOG.info("{} withdrawn: at the end the outputs depend on the inputs", warning.kind());
      settings.listeners().forEach(listener -> listener.onWarningWithdrawn(warning));
    }
  }

  private int batchesPerEpoch() {
    return (int) (((long) data.size() + settings.batchSize() - 1) / settings.batchSize());
  }

  /** Goes on from wherever the run is. */
  private StopReason runEpochs(Optional<Schedule> schedule) {
    while (run.epoch <= settings.epochs()) {
      if (settings.patience().isPresent()
          && run.epoch - 1 - run.bestEpoch >= settings.patience().getAsInt()) {
        return StopReason.EARLY_STOPPED;
      }
      if (!runBatches()) {
        return StopReason.CANCELLED;
      }
      endEpoch(schedule);
    }
    return StopReason.COMPLETED;
  }

  private void endEpoch(Optional<Schedule> schedule) {
    long start = System.nanoTime();
    requireGoodWeights(run.epoch);
    Optional<Objective> held = Optional.ofNullable(validation).map(Validation::objective);
    Objective trained = run.sum.over(data.size());
    EpochEnd end =
        new EpochEnd(
            run.epoch,
            settings.epochs(),
            trained.reconstruction(),
            held.map(Objective::reconstruction)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty()),
            engine.penalty(),
            schedule
                .map(rate -> rate.at(engine.iteration() - 1, engine.epoch()))
                .orElse(Double.NaN),
            Duration.ofNanos(run.nanos + System.nanoTime() - start),
            trained.terms(),
            held.map(Objective::terms).orElse(Map.of()));
    engine.endEpoch();
    run.epochs.add(end);
    if (!Double.isFinite(end.monitoredLoss())) {
      throw diverged(end.epoch(), became(end.monitoredLoss()));
    }
    boolean best = end.monitoredLoss() < run.bestLoss;
    if (best) {
      run.bestLoss = end.monitoredLoss();
      run.bestEpoch = end.epoch();
      run.bestParameters = engine.parameters();
    }
    if (end.epoch() < settings.epochs()
        && end.epoch() == CollapseAlarm.epoch(settings.epochs(), batchesPerEpoch())) {
      CollapseAlarm.check(engine, data, end.epoch()).ifPresent(this::warn);
    }
    run.epoch++;
    run.batch = 0;
    run.sum.clear();
    run.nanos = 0;
    written = false;
    if (checkpointer != null && best) {
      checkpointer.writeBest(engine, run, circumstances.get(), this::warn);
    }
    if (checkpointer != null && checkpointer.isDueAfterEpoch(end.epoch())) {
      checkpoint();
    }
    settings.listeners().forEach(listener -> listener.onEpochEnd(end));
  }

  private void checkpoint() {
    boolean trained = engine.iteration() > 0;
    if (checkpointer != null && !written && trained && isWorthKeeping()) {
      written = checkpointer.write(engine, run, circumstances.get(), this::warn);
    }
  }

  /**
   * Whether the weights are good. The last step may have gone wrong, and no batch have shown it
   * yet: then the checkpoint before it is the better one. Only the next batch decides about the
   * run.
   */
  private boolean isWorthKeeping() {
    FloatBuffer weights = engine.parameterMemory();
    while (weights.hasRemaining()) {
      if (!Float.isFinite(weights.get())) {
        return false;
      }
    }
    return !explosion.isOne(explosion.badness());
  }

  private void warn(TrainingWarning warning) {
    run.warnings.add(warning);
    tell(warning);
  }

  private void tell(TrainingWarning warning) {
    LOG.warn("{}: {}", warning.kind(), warning.message());
    settings.listeners().forEach(listener -> listener.onWarning(warning));
  }

  /** Runs the batches of an epoch that are left. False if the run was cancelled before the end. */
  private boolean runBatches() {
    int batches = batchesPerEpoch();
    try (BatchLoader loader =
        new BatchLoader(
            data,
            engine.spec().output().range(),
            corruption,
            settings.batchSize(),
            seed,
            engine.epoch(),
            run.batch)) {
      while (run.batch < batches) {
        if (settings.cancelled() || Thread.currentThread().isInterrupted()) {
          return false;
        }
        long start = System.nanoTime();
        BatchLoader.Batch batch = loader.next();
        Objective objective =
            engine.step(batch.input(), batch.target(), batch.size(), settings.maxGradientNorm());
        int size = batch.size();
        loader.recycle(batch);
        requireGood(run.epoch, objective.total());
        run.sum.add(objective, size);
        run.batch++;
        run.nanos += System.nanoTime() - start;
        written = false;
        if (checkpointer != null
            && checkpointer.isDueAfterStep(engine.iteration() - run.firstStep)) {
          checkpoint();
        }
        BatchEnd end = new BatchEnd(run.epoch, run.batch, batches, objective.reconstruction());
        for (TrainingListener listener : settings.listeners()) {
          listener.onBatchEnd(end);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }

  private void requireGood(int epoch, double loss) {
    if (!Double.isFinite(loss)) {
      throw diverged(epoch, became(loss));
    }
    if (explosion.isSuspected(loss)) {
      requireGoodWeights(epoch);
      explosion.acquit(loss);
    }
    run.lastGoodLoss = loss;
  }

  /** Judges the weights after the last step, which no batch has seen: they may become the best. */
  private void requireGoodWeights(int epoch) {
    double badness = explosion.badness();
    if (explosion.isOne(badness)) {
      throw diverged(
          epoch, Double.isFinite(badness) ? explosion.describe(badness) : became(badness));
    }
  }

  private static String became(double loss) {
    return "the loss%s became %s".formatted(Double.isFinite(loss) ? "" : " or its gradient", loss);
  }

  private String checkpoints() {
    if (checkpointer == null) {
      return "";
    }
    return checkpointer.isEmpty()
        ? " No checkpoint had been written before."
        : " The checkpoints in " + folder() + " were kept.";
  }

  private DivergenceException diverged(int epoch, String what) {
    engine.setParameters(run.bestParameters);
    // Its moments may hold what is not a number, and would spoil a second attempt.
    engine.resetOptimizer();
    String rate =
        optimizer(engine)
            .schedule()
            .map(own -> " (it is %s)".formatted(own.at(engine.iteration(), engine.epoch())))
            .orElse("");
    String lastGood =
        Double.isNaN(run.lastGoodLoss)
            ? "and there was no good one before"
            : String.format(Locale.ROOT, "the last good one was %.4g", run.lastGoodLoss);
    return new DivergenceException(
        epoch,
        run.lastGoodLoss,
        ("training diverged in epoch %s: %s, %s."
                + " The likely cause is a learning rate that is too high%s;"
                + " lower it, or bound the gradient with clipGradientNorm(0.05)."
                + " The weights of %s were put back.%s")
            .formatted(
                epoch,
                what,
                lastGood,
                rate,
                run.bestEpoch == 0 ? "the start" : "epoch " + run.bestEpoch,
                checkpoints()));
  }
}
