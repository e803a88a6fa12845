package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.training.TrainingWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of training: epochs of batches, judged, watched and, where asked, stopped early. */
@SuppressWarnings("try") // The scope outside of workspaces is held open, never read.
public final class Trainer {

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  /** A batch whose loss is this many times the first one's is no noise any more. */
  private static final double EXPLOSION = 100;

  private final Engine engine;
  private final ImageSource data;
  private final @Nullable Corruption corruption;
  private final Training settings;
  private final long seed;
  private final @Nullable Validation validation;
  private final List<EpochEnd> epochs = new ArrayList<>();
  private final List<TrainingWarning> warnings = new ArrayList<>();

  private float[] bestParameters;
  private int bestEpoch;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private double firstLoss = Double.NaN;
  private double lastGoodLoss = Double.NaN;

  private Trainer(
      Engine engine,
      ImageSource data,
      @Nullable Corruption corruption,
      Training settings,
      long seed) {
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
    this.bestParameters = engine.parameters();
  }

  /**
   * Trains a network.
   *
   * @param engine the network; its weights change
   * @param data clean samples
   * @param corruption the noise on what the network sees, or null
   * @param settings how to train
   * @param seed chooses the order of the samples and the noise
   * @return what happened
   * @throws IllegalArgumentException if the settings do not fit the data or the optimiser
   * @throws DivergenceException if the loss explodes or stops being a number; the network then has
   *     the best weights seen
   */
  public static History train(
      Engine engine,
      ImageSource data,
      @Nullable Corruption corruption,
      Training settings,
      long seed) {
    check(engine, data, settings);
    // What training allocates outlives any workspace that the caller may be in.
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return new Trainer(engine, data, corruption, settings, seed).run();
    }
  }

  private static void check(Engine engine, ImageSource data, Training settings) {
    if (data.size() == 0) {
      throw new IllegalArgumentException(
          "the training data are empty; training needs at least one sample");
    }
    if (settings.batchSize() > data.size()) {
      throw new IllegalArgumentException(
          "a batch of %d cannot be filled from %d samples; set batchSize to at most %d"
              .formatted(settings.batchSize(), data.size(), data.size()));
    }
    settings
        .validation()
        .ifPresent(
            held -> {
              ImageShape shape = engine.architecture().input();
              boolean vector = held.shape().height() == 1 && held.shape().channels() == 1;
              if (!held.shape().equals(shape) && !(vector && held.shape().size() == shape.size())) {
                throw new IllegalArgumentException(
                    "the validation data have shape %s, but the network was built for %s"
                        .formatted(held.shape(), shape));
              }
              if (held.size() == 0) {
                throw new IllegalArgumentException(
                    "the validation data are empty; leave validation(...) out to train without");
              }
            });
    if (settings.patience().isPresent() && settings.validation().isEmpty()) {
      throw new IllegalArgumentException(
          "early stopping compares validation losses, but there are no validation data;"
              + " add validation(...), for example with data.slice(...)");
    }
    if (shapesLearningRate(settings) && !engine.optimizer().hasLearningRate()) {
      throw new IllegalArgumentException(
          "cosineDecay and warmup shape the learning rate, but %s has none"
              .formatted(engine.optimizer().getClass().getSimpleName()));
    }
  }

  private static boolean shapesLearningRate(Training settings) {
    return settings.hasCosineDecay() || settings.warmupSteps() > 0;
  }

  private History run() {
    long steps = (long) settings.epochs() * batchesPerEpoch();
    RunSchedule schedule = new RunSchedule(engine.optimizer(), engine.iteration(), steps, settings);
    boolean shaped = shapesLearningRate(settings);
    if (shaped) {
      engine.setLearningRate(schedule);
    }
    StopReason reason;
    try {
      reason = runEpochs(schedule);
    } finally {
      if (shaped) {
        // The optimiser's own rate again, for a later run.
        engine.setLearningRate(
            new RunSchedule(
                engine.optimizer(), engine.iteration(), steps, Training.epochs(settings.epochs())));
      }
      engine.endTraining();
    }
    boolean restore = settings.patience().isPresent() && bestEpoch > 0;
    if (restore) {
      engine.setParameters(bestParameters);
    }
    History history = new History(epochs, bestEpoch, restore, reason, warnings);
    settings.listeners().forEach(listener -> listener.onEnd(history));
    return history;
  }

  private int batchesPerEpoch() {
    return (data.size() + settings.batchSize() - 1) / settings.batchSize();
  }

  private StopReason runEpochs(RunSchedule schedule) {
    for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
      long start = System.nanoTime();
      double trainingLoss = runBatches(epoch);
      if (Double.isNaN(trainingLoss)) {
        return StopReason.CANCELLED;
      }
      requireGoodWeights(epoch);
      OptionalDouble validationLoss =
          validation == null ? OptionalDouble.empty() : OptionalDouble.of(validation.loss());
      EpochEnd end =
          new EpochEnd(
              epoch,
              settings.epochs(),
              trainingLoss,
              validationLoss,
              engine.penalty(),
              engine.optimizer().hasLearningRate()
                  ? schedule.valueAt(engine.iteration() - 1, engine.epoch())
                  : Double.NaN,
              Duration.ofNanos(System.nanoTime() - start));
      engine.endEpoch();
      epochs.add(end);
      if (!Double.isFinite(end.monitoredLoss())) {
        throw diverged(epoch, end.monitoredLoss());
      }
      if (end.monitoredLoss() < bestLoss) {
        bestLoss = end.monitoredLoss();
        bestEpoch = epoch;
        bestParameters = engine.parameters();
      }
      if (epoch == 1) {
        CollapseAlarm.check(engine, data).ifPresent(this::warn);
      }
      settings.listeners().forEach(listener -> listener.onEpochEnd(end));
      if (settings.patience().isPresent()
          && epoch - bestEpoch >= settings.patience().getAsInt()
          && epoch < settings.epochs()) {
        return StopReason.EARLY_STOPPED;
      }
    }
    return StopReason.COMPLETED;
  }

  private void warn(TrainingWarning warning) {
    LOG.warn("{}: {}", warning.kind(), warning.message());
    warnings.add(warning);
    settings.listeners().forEach(listener -> listener.onWarning(warning));
  }

  /** Returns the mean loss of the epoch, or NaN if the run was cancelled in it. */
  private double runBatches(int epoch) {
    int batches = batchesPerEpoch();
    double sum = 0;
    try (BatchLoader loader =
        new BatchLoader(data, corruption, settings.batchSize(), seed, engine.epoch())) {
      for (int i = 1; i <= batches; i++) {
        if (settings.cancelled() || Thread.currentThread().isInterrupted()) {
          return Double.NaN;
        }
        BatchLoader.Batch batch = loader.next();
        double loss =
            engine.step(batch.input, batch.target, batch.size, settings.maxGradientNorm());
        sum += loss * batch.size;
        loader.recycle(batch);
        requireGood(epoch, loss);
        BatchEnd end = new BatchEnd(epoch, i, batches, loss);
        for (TrainingListener listener : settings.listeners()) {
          listener.onBatchEnd(end);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
    return sum / data.size();
  }

  private void requireGood(int epoch, double loss) {
    if (Double.isNaN(firstLoss)) {
      firstLoss = loss;
    }
    requireNoExplosion(epoch, loss);
    lastGoodLoss = loss;
  }

  /** Judges the weights after the last step, which no batch has seen: they may become the best. */
  private void requireGoodWeights(int epoch) {
    int n = Math.min(settings.batchSize(), data.size());
    int length = data.shape().size();
    float[] samples = new float[n * length];
    for (int i = 0; i < n; i++) {
      data.read(i, samples, i * length);
    }
    requireNoExplosion(epoch, engine.loss(samples, samples, n));
  }

  private void requireNoExplosion(int epoch, double loss) {
    if (!Double.isFinite(loss) || loss > EXPLOSION * Math.max(firstLoss, 1e-3)) {
      throw diverged(epoch, loss);
    }
  }

  private DivergenceException diverged(int epoch, double loss) {
    engine.setParameters(bestParameters);
    // Its moments may hold what is not a number, and would spoil a second attempt.
    engine.resetOptimizer();
    double rate =
        engine.optimizer().hasLearningRate()
            ? engine.optimizer().getLearningRate(engine.iteration(), engine.epoch())
            : Double.NaN;
    return new DivergenceException(
        epoch,
        lastGoodLoss,
        ("training diverged in epoch %d: the loss became %s, the last good one was %.4g."
                + " The likely cause is a learning rate that is too high (it is %s);"
                + " lower it, or bound the gradient with clipGradientNorm(1)."
                + " The weights of %s were put back.")
            .formatted(
                epoch,
                loss,
                lastGoodLoss,
                rate,
                bestEpoch == 0 ? "the start" : "epoch " + bestEpoch));
  }
}
