package io.github.autoencoder4j.internal.training;

import com.google.common.base.Suppliers;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.training.TrainingWarning;
import io.github.autoencoder4j.training.TrainingWarning.Kind;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
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

/**
 * Judges a run after each batch and epoch: raises alarms, keeps the best weights, writes
 * checkpoints, and tells the listeners.
 */
final class Watch {

  /** One logger for all that a run says. */
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Engine engine;
  private final ImageSource data;
  private final Training settings;
  private final Extent extent;
  private final @Nullable Validation validation;
  private final @Nullable Checkpointer checkpointer;
  private final Explosion explosion;
  private final Supplier<Circumstances> circumstances;
  private RunState run;

  /** Whether the last checkpoint says where the run is now, so that none is written twice. */
  private boolean written;

  Watch(
      Engine engine,
      ImageSource data,
      Training settings,
      Course course,
      Map<String, String> rounds,
      @Nullable Validation validation,
      @Nullable Checkpointer checkpointer) {
    this.engine = engine;
    this.data = data;
    this.settings = settings;
    this.extent = course.extent();
    this.validation = validation;
    this.checkpointer = checkpointer;
    this.explosion = new Explosion(engine, data, settings.batchSize());
    this.circumstances = Suppliers.memoize(() -> Circumstances.of(engine, data, settings, rounds));
    this.run = new RunState(engine.store().iteration(), engine.store().parameters());
  }

  /** Where the run is. */
  RunState run() {
    return run;
  }

  /** Goes on from where a checkpoint says that the run is. */
  void resume(RunState progress) {
    run = progress;
    written = true;
  }

  Circumstances circumstances() {
    return circumstances.get();
  }

  /** Takes note of a batch, or a round, that is done. */
  void endPart(Objective objective, int size, int steps, long nanos) {
    run.sum.add(objective, size);
    run.batch++;
    run.nanos += nanos;
    written = false;
    int now = engine.store().iteration() - run.firstStep;
    if (checkpointer != null && checkpointer.isDueAfterSteps(now - steps, now)) {
      checkpoint();
    }
    BatchEnd end =
        new BatchEnd(
            run.epoch,
            settings.epochs(),
            run.batch,
            extent.parts(),
            size,
            objective.reconstruction());
    for (TrainingListener listener : settings.listeners()) {
      listener.onBatchEnd(end);
    }
  }

  static Optimizer optimizer(Engine engine) {
    return Objects.requireNonNull(engine.spec().optimizer(), "optimizer");
  }

  void endEpoch(Optional<Schedule> schedule) {
    long start = System.nanoTime();
    requireGoodWeights(run.epoch);
    Optional<Objective> held = Optional.ofNullable(validation).map(Validation::objective);
    Objective trained = run.sum.over(run.roundSamples > 0 ? run.roundSamples : extent.samples());
    EpochEnd end =
        new EpochEnd(
            run.epoch,
            settings.epochs(),
            trained.reconstruction(),
            held.map(Objective::reconstruction)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty()),
            engine.store().penalty(),
            schedule
                .map(rate -> rate.at(engine.store().iteration() - 1, engine.store().epoch()))
                .orElse(Double.NaN),
            Duration.ofNanos(run.nanos + System.nanoTime() - start),
            trained.terms(),
            held.map(Objective::terms).orElse(Map.of()));
    engine.store().endEpoch();
    run.epochs.add(end);
    if (!Double.isFinite(end.monitoredLoss())) {
      throw diverged(end.epoch(), became(end.monitoredLoss()));
    }
    boolean best = end.monitoredLoss() < run.bestLoss;
    if (best) {
      run.bestLoss = end.monitoredLoss();
      run.bestEpoch = end.epoch();
      run.bestParameters = engine.store().parameters();
    }
    if (end.epoch() < settings.epochs()
        && end.epoch() == CollapseAlarm.epoch(settings.epochs(), extent.steps())) {
      CollapseAlarm.check(engine, data, end.epoch()).ifPresent(this::warn);
    }
    run.epoch++;
    run.batch = 0;
    run.roundSamples = 0;
    run.sum.clear();
    run.nanos = 0;
    written = false;
    if (checkpointer != null && best) {
      checkpointer.writeBest(engine, run, circumstances(), this::warn);
    }
    if (checkpointer != null && checkpointer.isDueAfterEpoch(end.epoch())) {
      checkpoint();
    }
    settings.listeners().forEach(listener -> listener.onEpochEnd(end));
  }

  void checkpoint() {
    boolean trained = engine.store().iteration() > 0;
    if (checkpointer != null && !written && trained && isWorthKeeping()) {
      written = checkpointer.write(engine, run, circumstances(), this::warn);
    }
  }

  /**
   * Whether the weights are good. The last step may have gone wrong, and no batch have shown it
   * yet: then the checkpoint before it is the better one. Only the next batch decides about the
   * run.
   */
  private boolean isWorthKeeping() {
    FloatBuffer weights = engine.store().parameterMemory();
    while (weights.hasRemaining()) {
      if (!Float.isFinite(weights.get())) {
        return false;
      }
    }
    return !explosion.isOne(explosion.badness());
  }

  void requireGood(int epoch, double loss) {
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

  private DivergenceException diverged(int epoch, String what) {
    engine.store().setParameters(run.bestParameters);
    // Its moments may hold what is not a number, and would spoil a second attempt.
    engine.store().resetOptimizer();
    String rate =
        optimizer(engine)
            .schedule()
            .map(
                own ->
                    " (it is %s)"
                        .formatted(own.at(engine.store().iteration(), engine.store().epoch())))
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

  private String checkpoints() {
    if (checkpointer == null) {
      return "";
    }
    return checkpointer.isEmpty()
        ? " No checkpoint had been written before."
        : " The checkpoints in " + folder() + " were kept.";
  }

  /** Confirms, withdraws or raises the alarm, now that the weights are final. */
  void lookForCollapse(int epoch) {
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

  void warn(TrainingWarning warning) {
    run.warnings.add(warning);
    tell(warning);
  }

  void tell(TrainingWarning warning) {
    LOG.warn("{}: {}", warning.kind(), warning.message());
    settings.listeners().forEach(listener -> listener.onWarning(warning));
  }

  Path folder() {
    return settings.checkpoints().orElseThrow().folder();
  }
}
