package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.model.TrainingRun;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.table.TableSchema;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.Training;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 * ImageShape} says.
 *
 * <p>Thread-safe: every method may be called at any time from any thread, by sources, listeners and
 * consumers of rows too. Whatever uses the weights, such as encoding, decoding, evaluating, saving
 * and {@link #parameters()}, may run on many threads at once, never waits, and sees the weights
 * from before or after a run of training, never from within: during the run those from before, of
 * which it keeps a copy. Only the thread that trains, in its listeners, sees them as they are then.
 * The one exception is the network that {@link Dl4j#networkOf} hands out.
 *
 * <p>What changes the weights, {@link #fit(ImageSource, Training) fit}, {@link #resume resume},
 * {@link #copyWeightsFrom copyWeightsFrom} and {@link #importWeights importWeights}, waits until
 * other such calls of the same autoencoder and those that read its weights have ended. From within
 * a call that uses the same weights it is refused, and so it is where it would have to wait within
 * a call of another autoencoder. An interrupt ends the waiting.
 *
 * <p>Weights, and what computes with them, lie in native memory. The garbage collector frees it,
 * but knows nothing of its size; {@link #close()} frees it at once. Nobody has to call it.
 */
public final class Autoencoder extends TrainedModel implements AutoCloseable {

  Autoencoder(LiveModel live) {
    super(live);
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
   * system properties raise. If the state of the optimiser was saved, training continues exactly;
   * otherwise the optimiser starts afresh.
   *
   * <p>A folder of checkpoints stands for the newest of them that is whole; {@link
   * #resume(ImageSource, Training)} resumes its run.
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
    return new Autoencoder(ModelFiles.load(file));
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
    return new Autoencoder(ModelFiles.load(in));
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
    return ModelFiles.inspect(file);
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

  /**
   * Saves this autoencoder or a half of it into a stream, from which {@link #load(InputStream)}
   * loads it.
   *
   * @param out where to; neither flushed nor closed
   * @param saving what to save
   * @throws IllegalStateException as {@link #save(Path, Saving)} says
   * @throws UncheckedIOException if the stream cannot be written to
   */
  public void save(OutputStream out, Saving saving) {
    ModelFiles.save(live(), out, saving);
  }

  void save(Path file, Saving saving, Disk disk) {
    ModelFiles.save(live(), file, saving, disk);
  }

  /**
   * Trains on data, or trains on: a second call starts from the weights of the first.
   *
   * @param data clean samples with values in [0, 1]
   * @param training how to train
   * @return what happened
   * @throws IllegalArgumentException if the shape of the data is not the autoencoder's, they are
   *     rows of a table that were read with another schema than {@link #columns()}, the data are
   *     empty, or the settings do not fit together
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
    return live().train(data, training, false);
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
    return live().train(data, training, true);
  }

  /**
   * Lets workers train side by side, such as those of {@code autoencoder-spark}. What the settings
   * say of batches is said of each worker; a {@code BatchEnd} is the end of a round.
   *
   * @param rounds the workers
   * @param training how to train
   * @return what happened
   * @throws IllegalArgumentException as {@link #fit(ImageSource, Training)} says, or if the choices
   *     of this autoencoder cannot be represented in a file, which the workers are given
   * @throws IllegalStateException as {@link #fit(ImageSource, Training)} says
   * @throws DivergenceException if the loss explodes; the best weights seen are put back
   */
  public History fit(Rounds rounds, Training training) {
    return live().train(rounds, training, false);
  }

  /**
   * Resumes a run of workers from its newest checkpoint, or starts it, as {@link
   * #resume(ImageSource, Training)} does: bit for bit.
   *
   * @param rounds the workers, as many, with as many samples, as the run had
   * @param training the settings of the run, with {@link Training#checkpoints}
   * @return what happened, from the start of the run on
   * @throws AutoencoderException if there are checkpoints but none can be read
   * @throws DivergenceException if the loss explodes; the best weights seen are put back
   */
  public History resume(Rounds rounds, Training training) {
    return live().train(rounds, training, true);
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
    return fit(ImageSource.of(shape, live().range(shape), samples), training);
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
    live().copyWeightsFrom(other.live());
  }

  /**
   * The layers, with their shapes and parameters, as a table.
   *
   * @return several lines of text
   * @throws IllegalStateException if the input shape is not known yet
   */
  public String summary() {
    return SummaryTable.of(live().requireSpec());
  }

  /**
   * Gives every choice that makes this autoencoder. {@code Network.of(spec)} lists its steps, and
   * where its numbers lie.
   *
   * @return empty if the input shape is not known yet, which the first data decide
   */
  public Optional<Spec> spec() {
    return live().spec();
  }

  /**
   * Gives the columns of the table whose rows are the samples, which the model carries.
   *
   * @return empty if it was not built with {@link DenseBuilder#columns}
   */
  public Optional<TableSchema> columns() {
    return spec().map(Spec::output).flatMap(Output::columns);
  }

  /**
   * Gives the layers.
   *
   * @return empty if the input shape is not known yet, which the first data decide
   */
  public Optional<Architecture> architecture() {
    return spec().map(Spec::architecture);
  }

  /**
   * The shape of one sample.
   *
   * @return the shape
   * @throws IllegalStateException if it is not known yet, which the first data decide
   */
  public ImageShape inputShape() {
    return live().requireArchitecture().input();
  }

  /**
   * The shape of one code.
   *
   * @return {@code 1 x k x 1} for a dense autoencoder with bottleneck {@code k}
   * @throws IllegalStateException if the input shape is not known yet, which the first data decide
   */
  public ImageShape latentShape() {
    return live().requireArchitecture().latent();
  }

  /**
   * The runs of training that made it what it is, those before it was saved included. A file keeps
   * the latest 40.
   *
   * @return in order; immutable; empty before the first run has ended
   */
  public List<TrainingRun> trainingRuns() {
    return live().runs();
  }

  /**
   * Whether it has been trained, so that its codes mean something.
   *
   * @return true after the first batch for the thread that trains, so for listeners too, and after
   *     the first run for others; false once it is closed
   */
  public boolean isTrained() {
    return live().isTrained();
  }

  /**
   * All weights and biases, layer by layer, for comparing two autoencoders.
   *
   * @return a copy
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public float[] parameters() {
    return live().ask(Part.WHOLE, trained -> trained.engine().store().parameters());
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
    live().close();
  }
}
