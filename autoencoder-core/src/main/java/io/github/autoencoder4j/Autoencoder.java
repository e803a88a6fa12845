package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.engine.LearningRates;
import io.github.autoencoder4j.internal.engine.StockNetwork;
import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.files.Uninterrupted;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.Fingerprint;
import io.github.autoencoder4j.internal.model.Model;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.internal.model.ModelStream;
import io.github.autoencoder4j.internal.onednn.JavaCpp;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import io.github.autoencoder4j.internal.training.CheckpointFolder;
import io.github.autoencoder4j.internal.training.ProgressReport;
import io.github.autoencoder4j.internal.training.Trainer;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.model.TrainingRun;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that turns samples into short codes and codes back into samples, and is trained to lose
 * little on the way.
 *
 * <pre>{@code
 * Autoencoder digits = Autoencoder.dense().bottleneck(2).l2(1e-4).build();
 * digits.fit(Mnist.train(), Training.epochs(20).cosineDecay());
 * float[][] codes = digits.encode(Mnist.test());           // [10000][2]
 * float[][] drawn = digits.decode(new float[][] {{0, 1}}); // [1][784], values in [0, 1]
 * double loss = digits.evaluate(Mnist.test()).reconstructionLoss();
 * }</pre>
 *
 * <p>Samples are rows of {@code shape.size()} values in [0, 1], plane by plane as {@link
 * ImageShape} says; as an {@link INDArray} they are {@code [n, values]} or {@code [n, channels,
 * height, width]}.
 *
 * <p>Thread-safe: every method may be called at any time from any thread, by sources, listeners and
 * consumers of rows too. Whatever uses the weights, such as encoding, decoding, evaluating, saving
 * and {@link #parameters()}, may run on many threads at once, never waits, and sees the weights
 * from before or after a run of training, never from within: during the run those from before, of
 * which it keeps a copy. Only the thread that trains, in its listeners, sees them as they are then.
 * The one exception is {@link #network()}.
 *
 * <p>What changes the weights, {@link #fit(ImageSource, Training) fit}, {@link #resume resume} and
 * {@link #copyWeightsFrom copyWeightsFrom}, waits until other such calls of the same autoencoder
 * and those that read its weights have ended. From within a call that uses the same weights it is
 * refused, and so it is where it would have to wait within a call of another autoencoder. An
 * interrupt ends the waiting.
 *
 * <p>Weights, and what computes with them, lie in native memory. The garbage collector frees it,
 * but knows nothing of its size; {@link #close()} frees it at once. Nobody has to call it.
 */
public final class Autoencoder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Autoencoder.class);

  private final Blueprint blueprint;
  private final Live live = new Live();
  private final Turns turns = new Turns(live);
  private volatile @Nullable Spec spec;
  private volatile @Nullable Engine engine;

  /** How much of it there is: a half may have been loaded. */
  private final Part part;

  /** Whether trained weights came from another autoencoder or a file. */
  private volatile boolean trainedElsewhere;

  private volatile List<TrainingRun> runs = List.of();

  Autoencoder(Blueprint blueprint, @Nullable Spec spec) {
    this.blueprint = blueprint;
    this.spec = spec;
    this.part = Part.WHOLE;
  }

  private Autoencoder(Model model) {
    this.blueprint = input -> model.spec();
    this.spec = model.spec();
    this.part = model.part();
    this.engine = model.engine();
    this.trainedElsewhere = true;
    this.runs = model.runs();
  }

  /** The weights as they are. */
  private final class Live implements Turns.Weights {

    @Override
    public @Nullable Trained now() {
      Engine network = engine;
      return network != null && (trainedElsewhere || network.iteration() > 0)
          ? new Trained(network, runs)
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
  }

  /**
   * Starts to build a fully connected autoencoder.
   *
   * @return a builder with defaults for everything
   */
  public static DenseBuilder dense() {
    return new DenseBuilder();
  }

  /**
   * Starts to build a convolutional autoencoder.
   *
   * <pre>{@code
   * Autoencoder dogs =
   *     Autoencoder.conv().latent(8, 8, 16).powerNormalize().latentNoise(0.1).build();
   * dogs.fit(photos, Training.epochs(40).batchSize(32).cosineDecay());
   * float[][] received = dogs.transmit(photos, LatentNoise.variance(0.1), 7);
   * }</pre>
   *
   * @return a builder with defaults for everything
   */
  public static ConvBuilder conv() {
    return new ConvBuilder();
  }

  /**
   * Loads an autoencoder that {@link #save(Path)} saved, of whatever kind.
   *
   * <pre>{@code
   * Autoencoder dogs = Autoencoder.load(Path.of("dogs.aemodel"));
   * float[][] codes = dogs.encode(photos); // bit for bit those of the autoencoder that was saved
   * }</pre>
   *
   * <p>The whole file is checked first, and a sample that was saved with the model is encoded and
   * decoded anew. A file may come from a stranger: it cannot choose which code runs, and how much
   * memory and time it takes is bounded, by numbers that {@code docs/model-files.md} states and
   * system properties raise. If the state of the optimiser was saved, training goes on exactly;
   * otherwise the optimiser starts afresh.
   *
   * <p>A folder of checkpoints stands for the newest of them that is whole; {@link
   * #resume(ImageSource, Training)} goes on with its run.
   *
   * @param file a model file, or a folder of checkpoints
   * @return an autoencoder, or the half that was saved: methods that need the other half throw an
   *     {@link IllegalStateException}
   * @throws UnreadableModelException if the file is no model, damaged in any bit, asks for a
   *     network beyond the bounds, or needs a newer version of this library; for a folder, if it
   *     holds no whole checkpoint
   * @throws UncheckedIOException if the file does not exist or cannot be read
   */
  public static Autoencoder load(Path file) {
    if (Files.isDirectory(file)) {
      // None of them is a folder in its turn, which might be this one again.
      return CheckpointFolder.newest(file, Autoencoder::loadFile);
    }
    return loadFile(file);
  }

  private static Autoencoder loadFile(Path file) {
    try {
      return new Autoencoder(read(file, ModelFile::read));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** What is read from an open file. */
  @FunctionalInterface
  private interface Content<T> {
    T of(ContainerReader reader) throws IOException;
  }

  private static <T> T read(Path file, Content<T> content) throws IOException {
    try {
      return Uninterrupted.read(
          () -> {
            try (ContainerReader reader = ContainerReader.open(file)) {
              return content.of(reader);
            }
          });
    } catch (OutOfMemoryError e) {
      throw JavaCpp.explained(e);
    }
  }

  /**
   * Loads an autoencoder from a stream, such as a resource of an application or the body of a
   * response, with all checks that {@link #load(Path)} makes.
   *
   * <pre>{@code
   * try (InputStream in = Dogs.class.getResourceAsStream("dogs.aemodel")) {
   *   Autoencoder dogs = Autoencoder.load(in);
   * }
   * }</pre>
   *
   * <p>The bytes go to a temporary file first, which is deleted before this returns, so a large
   * model takes no memory twice. A stream that does not begin as a model, or is longer than any, is
   * not read to its end.
   *
   * @param in one model and nothing after it; read to its end, not closed
   * @return an autoencoder, or the half that was saved: methods that need the other half throw an
   *     {@link IllegalStateException}
   * @throws UnreadableModelException if the stream holds no model, or one that is damaged in any
   *     bit or needs a newer version of this library; its {@code file()} is {@code stream}
   * @throws UncheckedIOException if the stream cannot be read, or no temporary file be written
   */
  public static Autoencoder load(InputStream in) {
    try (ModelStream file = ModelStream.of(Objects.requireNonNull(in, "in"))) {
      return new Autoencoder(read(file.path(), ModelFile::read));
    } catch (UnreadableModelException e) {
      throw new UnreadableModelException(ModelStream.NAME, e.offset(), e.reason());
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be read from its stream: " + e, e);
    }
  }

  private static UncheckedIOException unreadable(Path file, IOException e) {
    return new UncheckedIOException(
        e instanceof NoSuchFileException
            ? "there is no model file %s (looked for at %s)".formatted(file, file.toAbsolutePath())
            : "the model %s cannot be read: %s".formatted(file, e),
        e);
  }

  /**
   * Says what a model file holds, without loading its weights. They are not checked either, which
   * {@link #load} does.
   *
   * <pre>{@code
   * log.info("{}", Autoencoder.inspect(Path.of("dogs.aemodel")));
   * }</pre>
   *
   * @param file a model file
   * @return what it says of itself
   * @throws UnreadableModelException if the file is no model, damaged in what is read of it, or
   *     needs a newer version of this library
   * @throws UncheckedIOException if the file does not exist or cannot be read
   */
  public static ModelDescription inspect(Path file) {
    try {
      return read(file, ModelFile::inspect);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Saves this autoencoder, encoder and decoder, in place of any file of that name. The file is
   * written at once or not at all: whatever happens, the old one or the new one is there, whole.
   *
   * <p>A file that is replaced passes on its owner, group and mode where the system allows it, and
   * a symbolic link stays: the file that it leads to is replaced. Whatever else is no regular file,
   * such as a folder, a device or a pipe, is refused.
   *
   * @param file where to; {@code .aemodel} is the usual ending
   * @throws IllegalStateException if the autoencoder was not trained, or a weight is not finite
   * @throws UncheckedIOException if the file cannot be written, its folder does not exist, or it is
   *     no regular file; an old one is still there
   */
  public void save(Path file) {
    save(file, Saving.whole());
  }

  /**
   * Saves this autoencoder or a half of it, in place of any file of that name.
   *
   * @param file where to; {@code .aemodel} is the usual ending
   * @param saving what to save
   * @throws IllegalStateException if the autoencoder was not trained, a weight is not finite, or
   *     only the other half was loaded; with the state of the optimiser, which waits for a run that
   *     is going on, also if it would have to wait within a call, or is interrupted meanwhile
   * @throws UncheckedIOException if the file cannot be written, its folder does not exist, or it is
   *     no regular file; an old one is still there
   */
  public void save(Path file, Saving saving) {
    save(file, saving, Disk.SYSTEM);
  }

  void save(Path file, Saving saving, Disk disk) {
    Objects.requireNonNull(file, "file");
    requireTrained(saving.part());
    requireFolder(file);
    Function<Trained, Path> writing = trained -> write(trained, file, saving, disk);
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

  private Path write(Trained trained, Path file, Saving saving, Disk disk) {
    try {
      Model model = new Model(requireSpec(), part, trained.engine(), trained.runs(), true);
      AtomicFile.write(file, disk, ModelFile.write(model, saving)::writeTo);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the model could not be saved as %s (%s); a file that was there before is unharmed"
              .formatted(file, e),
          e);
    }
  }

  private static IllegalStateException interrupted(String what) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(
        "nothing was %s: this thread was interrupted while it waited for a run of training of this"
                .formatted(what)
            + " autoencoder, or for those who read its weights, to end");
  }

  private static void requireFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UncheckedIOException(
          ("the model could not be saved as %s, because there is no folder %s; create it first, for"
                  + " example with Files.createDirectories(...)")
              .formatted(file, folder),
          Files.exists(folder)
              ? new NotDirectoryException(folder.toString())
              : new NoSuchFileException(folder.toString()));
    }
  }

  /**
   * Trains on data, or trains on: a second call starts from the weights of the first.
   *
   * @param data clean samples with values in [0, 1]
   * @param training how to train
   * @return what happened
   * @throws IllegalArgumentException if the shape of the data is not the autoencoder's, the data
   *     are empty, or the settings do not fit together
   * @throws IllegalStateException if it is called from within a call that uses this autoencoder's
   *     weights, such as by a listener or a source, or would have to wait within a call of another
   *     autoencoder; if the folder for checkpoints is in use, or holds those of another run; if
   *     only a half of this autoencoder was loaded, or its file could not hold its optimiser
   * @throws UncheckedIOException if checkpoints cannot be written into their folder at all
   * @throws UnusableDataException if a value is not a number in [0, 1], or the data change their
   *     size or shape
   * @throws DivergenceException if the loss explodes; the best weights seen are put back
   */
  public History fit(ImageSource data, Training training) {
    return train(data, training, false);
  }

  /**
   * Goes on with a run where its newest checkpoint stopped, or starts it if there is none yet: in
   * place of {@link #fit(ImageSource, Training)}, it makes a program that may be ended at any
   * moment and started again. The weights come out as if the run had never been interrupted, bit
   * for bit; a run that is over is not trained again, unless more epochs are asked for now.
   *
   * <pre>{@code
   * Training training =
   *     Training.epochs(30).checkpoints(Checkpoints.in(folder).every(Duration.ofMinutes(10)));
   * History history = autoencoder.resume(data, training);
   * }</pre>
   *
   * <p>The checkpoint takes the place of whatever this autoencoder has been trained. A damaged one
   * is reported by a {@link io.github.autoencoder4j.training.TrainingWarning}, and the one before
   * it is taken.
   *
   * @param data the samples of the run; told from others by their number, shape, and a digest of
   *     some of them
   * @param training the settings of the run, with {@link Training#checkpoints}. Listeners,
   *     cancellation and checkpoints may be others than before, and so may the number of epochs
   *     without cosine decay
   * @return what happened, from the start of the run on
   * @throws IllegalArgumentException as {@link #fit(ImageSource, Training)} says, if the settings
   *     have no checkpoints, or data, settings or autoencoder are not those of the run
   * @throws IllegalStateException if another run is writing checkpoints into the folder, or it is
   *     called from where {@link #fit(ImageSource, Training)} is refused
   * @throws AutoencoderException if there are checkpoints but none can be read
   * @throws UncheckedIOException if the folder cannot be read or written
   * @throws UnusableDataException if a value is not a number in [0, 1], or the data change their
   *     size or shape
   * @throws DivergenceException if the loss explodes; the best weights seen are put back
   */
  public History resume(ImageSource data, Training training) {
    return train(data, training, true);
  }

  private History train(ImageSource data, Training settings, boolean resume) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(settings, "training");
    requireTrainable();
    try (Turns.Change change = turns.change(resume ? "resume(...)" : "fit(...)")) {
      return trainInTurn(CheckedSource.of(data), settings, resume);
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

  private History trainInTurn(ImageSource data, Training settings, boolean resume) {
    Spec known = spec;
    try {
      Training training = fitted(settings, data.size());
      Engine network = engineFor(data.shape());
      Spec choices = network.spec();
      Corruption corruption = choices.corruption().orElse(null);
      requireUsableRates(network, data.size(), training);
      Training watched =
          ProgressReport.of(training, data.size()).map(training::listener).orElse(training);
      SavedModel model = new SavedModel(choices, runs);
      History history =
          resume
              ? Trainer.resume(network, data, corruption, watched, choices.seed(), model)
              : Trainer.train(network, data, corruption, watched, choices.seed(), model);
      runs = model.runs();
      if (live.now() != null) {
        remember(data, training, history);
      }
      return history;
    } finally {
      if (live.now() == null) {
        // Refused before the first batch: data that taught nothing do not decide the shape either.
        spec = known;
        engine = null;
      }
    }
  }

  /** The settings as these data allow. */
  private static Training fitted(Training settings, int samples) {
    Training training =
        settings
            .validation()
            .map(held -> settings.validation(CheckedSource.of(held)))
            .orElse(settings);
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
    LearningRates.requireUsable(
        Objects.requireNonNull(network.spec().optimizer(), "optimizer"),
        training.epochs(),
        batches,
        network.iteration(),
        network.epoch());
  }

  private void remember(ImageSource data, Training training, History history) {
    List<TrainingRun> all = new ArrayList<>(runs);
    all.add(
        new TrainingRun(
            data.size(),
            Fingerprint.ifReadable(data),
            training.epochs(),
            training.batchSize(),
            training.maxGradientNorm(),
            training.warmupSteps(),
            training.hasCosineDecay(),
            training.patience(),
            history));
    runs = List.copyOf(all);
  }

  private void requireTrainable() {
    requirePart(Part.WHOLE);
    Spec choices = spec;
    if (choices != null && choices.optimizer() == null) {
      throw new IllegalStateException(
          "this autoencoder was trained with an optimiser or a schedule that files have no words for;"
              + " build one as it was built, with your optimizer(...): it can resume(...) the run from"
              + " its checkpoints, or copyWeightsFrom this one");
    }
  }

  /**
   * Trains on rows in memory.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @param training how to train
   * @return what happened
   * @throws IllegalArgumentException as {@link #fit(ImageSource, Training)} says, or if a value is
   *     not a number in [0, 1]
   * @throws DivergenceException if the loss explodes; the best weights seen are put back
   */
  public History fit(float[][] samples, Training training) {
    if (samples.length == 0) {
      throw new IllegalArgumentException(
          "the training data are empty; training needs at least one sample");
    }
    ImageShape shape =
        architecture()
            .map(Architecture::input)
            .orElseGet(
                () ->
                    ImageShape.vector(
                        Objects.requireNonNull(samples[0], "sample 0 is null").length));
    return fit(ImageSource.of(shape, range(shape), samples), training);
  }

  /**
   * Trains on an array.
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]} with values in [0,
   *     1]
   * @param training how to train
   * @return what happened
   * @throws IllegalArgumentException as {@link #fit(ImageSource, Training)} says, or if a value is
   *     not a number in [0, 1]
   * @throws DivergenceException if the loss explodes; the best weights seen are put back
   */
  public History fit(INDArray samples, Training training) {
    ImageShape shape = Rows.shapeOf(samples);
    return fit(ImageSource.of(shape, range(shape), Rows.of(samples)), training);
  }

  /**
   * Takes over the weights of another autoencoder with the same layers, as a start for training
   * with other latent stages, noise or loss. The optimiser starts afresh.
   *
   * @param other trained, with an equal {@link #architecture()}
   * @throws IllegalStateException if {@code other} was not trained, it is called from where {@link
   *     #fit(ImageSource, Training)} is refused, or the thread is interrupted while it waits
   * @throws IllegalArgumentException if its layers differ
   */
  public void copyWeightsFrom(Autoencoder other) {
    requirePart(Part.WHOLE);
    turns.requireOutside("copyWeightsFrom(...)");
    float[][] weights = new float[1][];
    List<TrainingRun> theirRuns =
        other.ask(
            Part.WHOLE,
            trained -> {
              weights[0] = trained.engine().parameters();
              return trained.runs();
            });
    try (Turns.Change change = turns.change("copyWeightsFrom(...)")) {
      Spec theirs = other.requireSpec();
      Spec ours = spec == null ? blueprint.spec(theirs.architecture().input()) : requireSpec();
      if (!ours.architecture().equals(theirs.architecture())
          || !Network.of(ours).shapes().equals(Network.of(theirs).shapes())) {
        throw new IllegalArgumentException(
            "weights can only be copied between equal layers, but these are %s and those %s"
                .formatted(ours.architecture(), theirs.architecture()));
      }
      Engine network = engineFor(theirs.architecture().input());
      network.setParameters(weights[0]);
      network.resetOptimizer();
      network.setProgress(0, 0);
      trainedElsewhere = true;
      runs = theirRuns;
    } catch (InterruptedException e) {
      throw interrupted("copied");
    }
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

  /**
   * Turns samples into codes.
   *
   * @param samples values in [0, 1]
   * @return {@code float[n][latentShape.size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public float[][] encode(ImageSource samples) {
    return collect(rows -> encode(samples, rows));
  }

  /**
   * Turns samples into codes, of which few are in memory at a time: for data of any size. The codes
   * are those of {@link #encode(ImageSource)}, bit for bit.
   *
   * @param samples values in [0, 1]
   * @param codes takes the code of each sample, in order, on the thread that calls this; a run of
   *     training waits until it has taken all
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]; codes of samples before it
   *     may have been taken
   * @throws UncheckedIOException if {@code codes} throws an {@link IOException}; whatever else it
   *     throws is passed on
   */
  public void encode(ImageSource samples, RowConsumer codes) {
    Objects.requireNonNull(codes, "codes");
    inferAll(Part.ENCODER, inference -> inference.encode(samples, codes));
  }

  /**
   * Turns samples into codes.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @return {@code float[n][latentShape.size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not in [0, 1]
   */
  public float[][] encode(float[][] samples) {
    return encode(ImageSource.of(inputShape(), range(inputShape()), samples));
  }

  /**
   * Turns samples into codes.
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]} with values in [0,
   *     1]
   * @return {@code [n, values]}, or {@code [n, channels, height, width]} for a code that is an
   *     image
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's or a value is not in [0,
   *     1]
   */
  public INDArray encode(INDArray samples) {
    return Rows.toArray(encode(rows(samples, Part.ENCODER)), latentShape());
  }

  /**
   * Turns codes into samples. A code so large that sums in the network overflow gives what a
   * shorter one of the same direction does.
   *
   * @param codes {@code float[n][latentShape.size()]}, any finite values
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not finite
   */
  public float[][] decode(float[][] codes) {
    return infer(Part.DECODER, inference -> inference.decode(codes));
  }

  /**
   * Turns codes into samples. A code so large that sums in the network overflow gives what a
   * shorter one of the same direction does.
   *
   * @param codes {@code [n, values]} or {@code [n, channels, height, width]}, any finite values
   * @return values in [0, 1]: {@code [n, values]} if samples are vectors, else {@code [n, channels,
   *     height, width]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not that of codes or a value is not finite
   */
  public INDArray decode(INDArray codes) {
    requireTrained(Part.DECODER);
    ImageShape shape = Rows.shapeOf(codes);
    if (codes.rank() == 4 && !shape.equals(latentShape())) {
      throw new IllegalArgumentException(
          "the codes have shape %s, but those of this autoencoder have %s"
              .formatted(shape, latentShape()));
    }
    return Rows.toArray(decode(Rows.of(codes)), inputShape());
  }

  /**
   * Encodes samples and decodes their codes, with noise between if a latent stage adds some at
   * inference: for each sample by its number in the call, the same in every call.
   *
   * @param samples values in [0, 1]
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public float[][] reconstruct(ImageSource samples) {
    return collect(rows -> reconstruct(samples, rows));
  }

  /**
   * Encodes samples and decodes their codes, as {@link #reconstruct(ImageSource)} does, bit for
   * bit, with few of the results in memory at a time: for data of any size.
   *
   * <pre>{@code
   * autoencoder.reconstruct(table, (index, row) -> errors[index] = Mse.of(table.get(index), row));
   * }</pre>
   *
   * @param samples values in [0, 1]
   * @param reconstructions takes each sample's, in order, on the thread that calls this; a run of
   *     training waits until it has taken all
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]; samples before it may have
   *     been taken
   * @throws UncheckedIOException if {@code reconstructions} throws an {@link IOException}; whatever
   *     else it throws is passed on
   */
  public void reconstruct(ImageSource samples, RowConsumer reconstructions) {
    Objects.requireNonNull(reconstructions, "reconstructions");
    inferAll(Part.WHOLE, inference -> inference.reconstruct(samples, reconstructions));
  }

  /**
   * Encodes samples and decodes their codes, with noise between if a latent stage adds some at
   * inference: for each sample by its number in the call, the same in every call.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not in [0, 1]
   */
  public float[][] reconstruct(float[][] samples) {
    return reconstruct(ImageSource.of(inputShape(), range(inputShape()), samples));
  }

  /**
   * Encodes samples and decodes their codes, with noise between if a latent stage adds some at
   * inference: for each sample by its number in the call, the same in every call.
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]} with values in [0,
   *     1]
   * @return an array of the shape of {@code samples} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's or a value is not in [0,
   *     1]
   */
  public INDArray reconstruct(INDArray samples) {
    return Rows.toArray(reconstruct(rows(samples, Part.WHOLE)), samples.shape());
  }

  /** The values that samples of a shape may have. */
  private ValueRange range(ImageShape shape) {
    Spec choices = spec;
    return (choices == null ? blueprint.spec(shape) : choices).output().range();
  }

  /** The samples of an array, if it has the shape of this autoencoder's. */
  private float[][] rows(INDArray samples, Part needed) {
    requireTrained(needed);
    Rows.requireShape("samples", Rows.shapeOf(samples), inputShape());
    return Rows.of(samples);
  }

  private <T> T ask(Part needed, Function<Trained, T> question) {
    requirePart(needed);
    try {
      return turns.read(question);
    } catch (RuntimeException | OutOfMemoryError e) {
      throw JavaCpp.explained(e);
    }
  }

  private <T> T infer(Part needed, Function<Inference, T> question) {
    return ask(needed, trained -> question.apply(new Inference(trained.engine())));
  }

  private void inferAll(Part needed, Consumer<Inference> action) {
    infer(
        needed,
        inference -> {
          action.accept(inference);
          return inference;
        });
  }

  private static float[][] collect(Consumer<RowConsumer> call) {
    List<float[]> rows = new ArrayList<>();
    call.accept((index, row) -> rows.add(row));
    return rows.toArray(float[][]::new);
  }

  /**
   * Encodes samples, adds noise to their codes as a channel would, and decodes them. A noise stage
   * of this autoencoder adds nothing here, whatever its phase.
   *
   * @param samples values in [0, 1]
   * @param noise the channel; its phase does not matter
   * @param seed chooses the noise; sample by sample the same for the same seed
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public float[][] transmit(ImageSource samples, LatentNoise noise, long seed) {
    Transmission channel = new Transmission(noise, seed);
    return collect(
        rows -> inferAll(Part.WHOLE, inference -> inference.transmit(samples, channel, rows)));
  }

  /**
   * Encodes samples, adds noise to their codes as a channel would, and decodes them.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @param noise the channel; its phase does not matter
   * @param seed chooses the noise; sample by sample the same for the same seed
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not in [0, 1]
   */
  public float[][] transmit(float[][] samples, LatentNoise noise, long seed) {
    return transmit(ImageSource.of(inputShape(), range(inputShape()), samples), noise, seed);
  }

  /**
   * Encodes samples, adds noise to their codes as a channel would, and decodes them.
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]} with values in [0,
   *     1]
   * @param noise the channel; its phase does not matter
   * @param seed chooses the noise; sample by sample the same for the same seed
   * @return an array of the shape of {@code samples} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's or a value is not in [0,
   *     1]
   */
  public INDArray transmit(INDArray samples, LatentNoise noise, long seed) {
    return Rows.toArray(transmit(rows(samples, Part.WHOLE), noise, seed), samples.shape());
  }

  /**
   * Measures how well the samples survive a noisy channel, over several draws of the noise for
   * each.
   *
   * @param samples values in [0, 1]
   * @param noise the channel; its phase does not matter
   * @param draws how often each sample is sent; at least 1, at least 10 for figures to report
   * @param seed chooses the noise
   * @return the figures over all samples and draws; {@code images} counts every draw
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's, there are no samples or
   *     {@code draws} is below 1
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public Evaluation evaluateTransmission(
      ImageSource samples, LatentNoise noise, int draws, long seed) {
    if (draws < 1) {
      throw new IllegalArgumentException("there must be at least 1 draw, but were " + draws);
    }
    Transmission channel = new Transmission(noise, seed);
    return infer(Part.WHOLE, inference -> inference.evaluate(samples, channel, draws));
  }

  /**
   * Measures how well the samples are reconstructed. No noise is added, unless a latent stage adds
   * some at inference.
   *
   * @param samples values in [0, 1]
   * @return the figures
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's or there are no samples
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public Evaluation evaluate(ImageSource samples) {
    return evaluate(samples, samples);
  }

  /**
   * Measures how well the samples are reconstructed. No noise is added, unless a latent stage adds
   * some at inference.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @return the figures
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length, a value is not in [0, 1] or there
   *     are no samples
   */
  public Evaluation evaluate(float[][] samples) {
    return evaluate(ImageSource.of(inputShape(), range(inputShape()), samples));
  }

  /**
   * Measures how well the samples are reconstructed. No noise is added, unless a latent stage adds
   * some at inference.
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]} with values in [0,
   *     1]
   * @return the figures
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's, a value is not in [0,
   *     1] or there are no samples
   */
  public Evaluation evaluate(INDArray samples) {
    return evaluate(rows(samples, Part.WHOLE));
  }

  /**
   * Measures how well targets are reconstructed from other inputs, such as clean images from noisy
   * ones.
   *
   * @param inputs what is encoded, values in [0, 1]
   * @param targets what the reconstructions are compared with, values in [0, 1]
   * @return the figures
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a shape is not the autoencoder's, there are no samples, or
   *     not as many inputs as targets
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public Evaluation evaluate(ImageSource inputs, ImageSource targets) {
    return infer(Part.WHOLE, inference -> inference.evaluate(inputs, targets));
  }

  /**
   * The layers, with their shapes and parameters, as a table.
   *
   * @return several lines of text
   * @throws IllegalStateException if the input shape is not known yet
   */
  public String summary() {
    return SummaryTable.of(requireSpec());
  }

  /**
   * The layers.
   *
   * @return empty if the input shape is not known yet, which the first data decide
   */
  public Optional<Architecture> architecture() {
    return Optional.ofNullable(spec).map(Spec::architecture);
  }

  /**
   * The shape of one sample.
   *
   * @return the shape
   * @throws IllegalStateException if it is not known yet, which the first data decide
   */
  public ImageShape inputShape() {
    return requireArchitecture().input();
  }

  /**
   * The shape of one code.
   *
   * @return {@code 1 x k x 1} for a dense autoencoder with bottleneck {@code k}
   * @throws IllegalStateException if the input shape is not known yet, which the first data decide
   */
  public ImageShape latentShape() {
    return requireArchitecture().latent();
  }

  private Architecture requireArchitecture() {
    return requireSpec().architecture();
  }

  private Spec requireSpec() {
    Spec choices = spec;
    if (choices == null) {
      throw new IllegalStateException(
          "the input shape is not known yet; say it with input(height, width, channels) when"
              + " building, or train first");
    }
    return choices;
  }

  private void requireTrained(Part needed) {
    requirePart(needed);
    turns.requireTrained();
  }

  private void requirePart(Part needed) {
    if (part != Part.WHOLE && needed != part) {
      throw new IllegalStateException(
          "this needs %s, but the file that this autoencoder was loaded from holds %s only; save it with %s"
              .formatted(
                  describe(needed),
                  describe(part),
                  needed == Part.WHOLE
                      ? "Saving.whole()"
                      : "Saving.whole() or Saving.%s()"
                          .formatted(needed == Part.ENCODER ? "encoder" : "decoder")));
    }
  }

  private static String describe(Part part) {
    return switch (part) {
      case WHOLE -> "encoder and decoder";
      case ENCODER -> "the encoder";
      case DECODER -> "the decoder";
    };
  }

  /**
   * The runs of training that made it what it is, those before it was saved included. A file keeps
   * the latest 40.
   *
   * @return in order; immutable; empty before the first run has ended
   */
  public List<TrainingRun> trainingRuns() {
    return runs;
  }

  /**
   * Whether it has been trained, so that its codes mean something.
   *
   * @return true after the first batch for the thread that trains, so for listeners too, and after
   *     the first run for others; false once it is closed
   */
  public boolean isTrained() {
    return turns.isTrained();
  }

  /**
   * The network inside, made of this library's layers, for those who want to go on with
   * Deeplearning4j. It knows nothing of the turns that this class takes: it must not be used, not
   * even read, while another thread trains, nor trained or closed while another thread uses this
   * autoencoder. Once it is closed, this autoencoder has no weights, and its methods throw an
   * {@link IllegalStateException} that says so; {@link #close()} of this autoencoder leaves it to
   * whoever holds it.
   *
   * @return the live network, not a copy
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public MultiLayerNetwork network() {
    requireTrained(Part.WHOLE);
    return Objects.requireNonNull(engine, "engine").network();
  }

  /**
   * The same network made of Deeplearning4j's own layers, for users without this library. It gives
   * the same reconstructions to 1e-5. With {@link
   * io.github.autoencoder4j.architecture.Activation#PRELU} it can be trained further only if a
   * slope belongs to at most 64 values of a batch, since ND4J's gradient refuses more.
   *
   * @return a new network with a copy of the weights
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws UnsupportedOperationException if Deeplearning4j has nothing like a layer or a latent
   *     stage of it
   */
  public MultiLayerNetwork toMultiLayerNetwork() {
    return ask(Part.WHOLE, trained -> StockNetwork.copyOf(trained.engine()));
  }

  /**
   * All weights and biases, layer by layer, for comparing two autoencoders.
   *
   * @return a copy
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public float[] parameters() {
    return ask(Part.WHOLE, trained -> trained.engine().parameters());
  }

  /**
   * Frees the native memory of weights, optimiser and whatever computes with them, which the
   * garbage collector does otherwise, when it comes to it. Only a program that goes through many
   * autoencoders gains from calling this.
   *
   * <pre>{@code
   * try (Autoencoder candidate = Autoencoder.dense().bottleneck(size).build()) {
   *   candidate.fit(train, training);
   *   losses.put(size, candidate.evaluate(held).reconstructionLoss());
   * }
   * }</pre>
   *
   * <p>It never waits: calls that are under way, a run of training among them, go on to their end,
   * and the last of them frees the memory. Whatever needs weights throws an {@link
   * IllegalStateException} from now on; what is known of layers and runs stays known. Closing twice
   * is harmless.
   */
  @Override
  public void close() {
    turns.close();
  }
}
