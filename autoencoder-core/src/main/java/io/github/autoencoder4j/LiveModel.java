package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.inference.Conditions;
import io.github.autoencoder4j.internal.inference.Inference;
import io.github.autoencoder4j.internal.inference.LoadedModel;
import io.github.autoencoder4j.internal.inference.Parts;
import io.github.autoencoder4j.internal.inference.Rows;
import io.github.autoencoder4j.internal.inference.WeightImport;
import io.github.autoencoder4j.internal.model.Fingerprint;
import io.github.autoencoder4j.internal.model.Lineage;
import io.github.autoencoder4j.internal.model.Model;
import io.github.autoencoder4j.internal.onednn.JavaCpp;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import io.github.autoencoder4j.internal.training.ProgressReport;
import io.github.autoencoder4j.internal.training.Trainer;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.model.TrainingRun;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.runtime.Weights;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one model behind an autoencoder and its halves, as it is now: its choices, its weights once
 * it is trained, and whose turn it is to use them.
 */
final class LiveModel implements Turns.Weights, LoadedModel {

  private static final Logger LOG = LoggerFactory.getLogger(LiveModel.class);

  private final Blueprint blueprint;
  private final Turns turns = new Turns(this);
  private volatile @Nullable Spec spec;
  private volatile @Nullable Engine engine;

  /** How much of it there is: a half may have been loaded. */
  private final Part part;

  /** Whether trained weights came from another autoencoder or a file. */
  private volatile boolean trainedElsewhere;

  private volatile Lineage lineage = Lineage.NONE;

  LiveModel(Blueprint blueprint, @Nullable Spec spec) {
    this.blueprint = blueprint;
    this.spec = spec;
    this.part = Part.WHOLE;
  }

  LiveModel(Model<Engine> model) {
    this.blueprint = input -> model.spec();
    this.spec = model.spec();
    this.part = model.part();
    this.engine = model.engine();
    this.trainedElsewhere = true;
    this.lineage = model.lineage();
  }

  @Override
  public @Nullable Trained now() {
    Engine network = engine;
    return network != null && (trainedElsewhere || network.store().iteration() > 0)
        ? new Trained(network, lineage)
        : null;
  }

  @Override
  public void free() {
    Engine network = engine;
    engine = null;
    if (network != null) {
      network.close();
    }
  }

  @Override
  public void close() {
    turns.close();
  }

  boolean isTrained() {
    return turns.isTrained();
  }

  List<TrainingRun> runs() {
    return lineage.runs();
  }

  /** Empty if the input shape is not known yet. */
  Optional<Spec> spec() {
    return Optional.ofNullable(spec);
  }

  @Override
  public Architecture requireArchitecture() {
    return requireSpec().architecture();
  }

  Spec requireSpec() {
    Spec choices = spec;
    if (choices == null) {
      throw new IllegalStateException(
          "the input shape is not known yet; say it with input(height, width, channels) when"
              + " building, or train first");
    }
    return choices;
  }

  /** The values that samples of a shape may have. */
  @Override
  public ValueRange range(ImageShape shape) {
    Spec choices = spec;
    return (choices == null ? blueprint.spec(shape) : choices).output().range();
  }

  void requireTrained(Part needed) {
    requirePart(needed);
    turns.requireTrained();
  }

  void requirePart(Part needed) {
    Parts.require(part, needed);
  }

  @Override
  public String runsOn() {
    return "ND4J " + ask(part, trained -> trained.engine().backend().name());
  }

  /** The network itself, not a copy. */
  Engine engine(Part needed) {
    requireTrained(needed);
    return Objects.requireNonNull(engine, "engine");
  }

  <T> T ask(Part needed, Function<Trained, T> question) {
    requirePart(needed);
    try {
      return turns.read(question);
    } catch (RuntimeException | OutOfMemoryError e) {
      throw JavaCpp.explained(e);
    }
  }

  @Override
  public <T> T infer(Part needed, Function<Inference, T> question) {
    return ask(needed, trained -> question.apply(new Inference(trained.engine())));
  }

  /** Measures with the network. */
  <T> T evaluate(Function<Evaluator, T> question) {
    return ask(Part.WHOLE, trained -> question.apply(new Evaluator(trained.engine())));
  }

  /** Hands over what goes into a file, which nobody changes meanwhile. */
  void save(Saving saving, Consumer<Model<Engine>> writer) {
    Function<Trained, Part> writing =
        trained -> {
          writer.accept(
              new Model<>(requireSpec(), part, trained.engine(), trained.lineage(), true));
          return part;
        };
    try {
      if (saving.hasOptimizerState()) {
        // No copy has it, so this waits for its turn.
        turns.readAll("save(...) with the state of the optimiser", writing);
      } else {
        turns.read(writing);
      }
    } catch (InterruptedException e) {
      throw interrupted("saved");
    }
  }

  private static IllegalStateException interrupted(String what) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(
        "nothing was %s: this thread was interrupted while it waited for a run of training of this"
                .formatted(what)
            + " autoencoder, or for those who read its weights, to end");
  }

  History train(ImageSource data, Training settings, boolean resume) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(settings, "training");
    requireTrainable();
    return inTurn(
        settings,
        resume,
        () -> {
          ImageSource samples = CheckedSource.of(data);
          Training training = fitted(settings, samples.size());
          return trainInTurn(
              samples.shape(),
              samples.size(),
              training,
              () -> Fingerprint.ifReadable(samples),
              (network, model, watched) -> {
                Conditions conditions = new Conditions(network.spec(), network.table());
                return Trainer.train(
                    network,
                    conditions.trainingSamples(samples, now() == null),
                    conditioned(watched, conditions),
                    model,
                    resume);
              });
        });
  }

  History train(Rounds rounds, Training settings, boolean resume) {
    Objects.requireNonNull(rounds, "rounds");
    Objects.requireNonNull(settings, "training");
    requireTrainable();
    int samples = Workers.requireUsable(rounds);
    ImageShape shape = rounds.spread().shape();
    return inTurn(
        settings,
        resume,
        () ->
            trainInTurn(
                shape,
                samples,
                checked(settings),
                () -> Workers.fingerprint(rounds),
                (network, model, watched) -> {
                  Conditions.requireNone(
                      network.spec(),
                      "workers cannot tell it classes; train it in one process, with fit(data, training)");
                  rounds.begin(Workers.model(network, lineage), watched);
                  return Trainer.train(network, rounds, watched, model, resume);
                }));
  }

  private History inTurn(Training settings, boolean resume, Supplier<History> training) {
    try (Turns.Change change = turns.change(resume ? "resume(...)" : "fit(...)")) {
      return training.get();
    } catch (InterruptedException e) {
      // As where an interrupt comes before the first batch.
      Thread.currentThread().interrupt();
      History history = new History(List.of(), 0, false, StopReason.CANCELLED, List.of());
      settings.listeners().forEach(listener -> listener.onEnd(history));
      return history;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw JavaCpp.explained(e);
    }
  }

  /** What makes the steps of a run. */
  @FunctionalInterface
  private interface Run {
    History of(Engine network, SavedModel model, Training settings);
  }

  private History trainInTurn(
      ImageShape shape, int samples, Training training, Supplier<String> fingerprint, Run run) {
    Spec known = spec;
    try {
      Engine network = engineFor(shape);
      Spec choices = network.spec();
      requireUsableRates(network, samples, training);
      Training watched =
          ProgressReport.of(training, samples).map(training::listener).orElse(training);
      SavedModel model = new SavedModel(choices, lineage);
      History history = run.of(network, model, watched);
      lineage = model.lineage();
      if (now() != null) {
        remember(samples, fingerprint.get(), training, history);
      }
      return history;
    } finally {
      if (now() == null) {
        // Refused before the first batch: data that taught nothing do not decide the shape either.
        spec = known;
        engine = null;
      }
    }
  }

  private static Training checked(Training settings) {
    return settings
        .validation()
        .map(held -> settings.validation(CheckedSource.of(held)))
        .orElse(settings);
  }

  private static Training conditioned(Training settings, Conditions conditions) {
    return settings
        .validation()
        .map(held -> settings.validation(conditions.samples("validation data", held)))
        .orElse(settings);
  }

  /** The settings as these data allow. */
  private static Training fitted(Training settings, int samples) {
    Training training = checked(settings);
    if (samples == 0 || training.batchSize() <= samples) {
      return training;
    }
    LOG.info(
        "a batch of {} is more than the {} samples there are: each step looks at all of them",
        training.batchSize(),
        samples);
    return training.batchSize(samples);
  }

  private static void requireUsableRates(Engine network, int samples, Training training) {
    int batches = (int) (((long) samples + training.batchSize() - 1) / training.batchSize());
    Objects.requireNonNull(network.spec().optimizer(), "optimizer")
        .requireUsable(
            training.epochs(), batches, network.store().iteration(), network.store().epoch());
  }

  private void remember(int samples, String fingerprint, Training training, History history) {
    lineage =
        lineage.with(
            new TrainingRun(
                samples,
                fingerprint,
                training.epochs(),
                training.batchSize(),
                training.maxGradientNorm(),
                training.warmupSteps(),
                training.hasCosineDecay(),
                training.patience(),
                history));
  }

  void requireTrainable() {
    requirePart(Part.WHOLE);
    Spec choices = spec;
    if (choices != null && choices.optimizer() == null) {
      throw new IllegalStateException(
          "this autoencoder was trained with a schedule that cannot be represented in a model file;"
              + " build one as it was built, with your optimizer(...): it can resume(...) the run from"
              + " its checkpoints, or copyWeightsFrom this one");
    }
  }

  void copyWeightsFrom(LiveModel other) {
    requirePart(Part.WHOLE);
    turns.requireOutside("copyWeightsFrom(...)");
    float[][] weights = new float[1][];
    Lineage theirLineage =
        other.ask(
            Part.WHOLE,
            trained -> {
              weights[0] = trained.engine().store().parameters();
              return trained.lineage();
            });
    try (Turns.Change change = turns.change("copyWeightsFrom(...)")) {
      Spec theirs = other.requireSpec();
      Spec ours = spec == null ? blueprint.spec(theirs.architecture().input()) : requireSpec();
      if (!ours.architecture().equals(theirs.architecture())
          || !Network.of(ours).shapes().equals(Network.of(theirs).shapes())) {
        throw new IllegalArgumentException(
            "weights can only be copied between equal layers, but these are %s with the latent stages %s, and those %s with %s"
                .formatted(
                    ours.architecture(), ours.stages(), theirs.architecture(), theirs.stages()));
      }
      takeOver(theirs.architecture().input(), weights[0], theirLineage);
    } catch (InterruptedException e) {
      throw interrupted("copied");
    }
  }

  void importWeights(Weights weights) {
    requirePart(Part.WHOLE);
    turns.requireOutside("importWeights(...)");
    Spec choices = requireSpec();
    float[] numbers = new WeightImport(Network.of(choices), Part.WHOLE).numbers(weights.arrays());
    try (Turns.Change change = turns.change("importWeights(...)")) {
      takeOver(choices.architecture().input(), numbers, Lineage.IMPORTED);
    } catch (InterruptedException e) {
      throw interrupted("imported");
    } catch (RuntimeException | OutOfMemoryError e) {
      throw JavaCpp.explained(e);
    }
  }

  /** Weights from elsewhere, with which training starts anew. */
  private void takeOver(ImageShape shape, float[] weights, Lineage theirs) {
    Engine network = engineFor(shape);
    network.store().setParameters(weights);
    network.store().resetOptimizer();
    network.store().setProgress(0, 0);
    trainedElsewhere = true;
    lineage = theirs;
  }

  private Engine engineFor(ImageShape shape) {
    Spec choices = spec;
    if (choices == null) {
      choices = Blueprint.requireTrainable(blueprint.spec(shape));
      spec = choices;
    }
    Rows.requireShape("samples", shape, choices.architecture().input());
    Engine network = engine;
    if (network == null) {
      network = Engine.create(choices);
      engine = network;
    }
    return network;
  }
}
