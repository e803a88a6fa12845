package io.github.autoencoder4j.training;

import io.github.autoencoder4j.data.ImageSource;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How to train: an immutable value whose methods return changed copies, in any order.
 *
 * <pre>{@code
 * History history =
 *     autoencoder.fit(
 *         Mnist.train(),
 *         Training.epochs(30).batchSize(128).cosineDecay().validation(held).earlyStopping(5));
 * }</pre>
 */
public final class Training {

  // Set on fresh copies only, before anybody else sees them.
  private int epochs;
  private int batchSize = 128;
  private @Nullable ImageSource validation;
  private OptionalInt patience = OptionalInt.empty();
  private double maxGradientNorm = Double.POSITIVE_INFINITY;
  private boolean cosineDecay;
  private int warmupSteps;
  private List<TrainingListener> listeners = List.of();
  private BooleanSupplier cancelled = () -> false;
  private @Nullable Checkpoints checkpoints;
  private @Nullable Appendable progressTarget;
  private boolean liveProgress;
  private OptionalInt threads = OptionalInt.empty();

  private Training() {}

  private Training copy() {
    Training copy = new Training();
    copy.epochs = epochs;
    copy.batchSize = batchSize;
    copy.validation = validation;
    copy.patience = patience;
    copy.maxGradientNorm = maxGradientNorm;
    copy.cosineDecay = cosineDecay;
    copy.warmupSteps = warmupSteps;
    copy.listeners = listeners;
    copy.cancelled = cancelled;
    copy.checkpoints = checkpoints;
    copy.progressTarget = progressTarget;
    copy.liveProgress = liveProgress;
    copy.threads = threads;
    return copy;
  }

  /**
   * Starts from the defaults: batches of 128, no validation data, no early stopping, no bound on
   * the gradient, the learning rate as the optimiser has it, no checkpoints.
   *
   * @param epochs how often to go through the data; at least 1
   * @return the settings
   * @throws IllegalArgumentException if {@code epochs} is below 1
   */
  public static Training epochs(int epochs) {
    requireAtLeastOne("epochs", epochs);
    Training training = new Training();
    training.epochs = epochs;
    return training;
  }

  static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
    }
  }

  /**
   * How many samples a step looks at. The last batch of an epoch may be smaller, and if there are
   * fewer samples than a batch has, each step looks at all of them.
   *
   * @param size at least 1
   * @return changed settings
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  public Training batchSize(int size) {
    requireAtLeastOne("batchSize", size);
    Training copy = copy();
    copy.batchSize = size;
    return copy;
  }

  /**
   * Data to judge each epoch by. They are never trained on. A denoising autoencoder sees them with
   * noise that is the same in every epoch.
   *
   * @param data clean samples of the same shape as the training data
   * @return changed settings
   */
  public Training validation(ImageSource data) {
    Training copy = copy();
    copy.validation = Objects.requireNonNull(data, "data");
    return copy;
  }

  /**
   * Stops when the validation loss has not improved for some epochs, and puts the best weights back
   * at the end in any case. Needs {@link #validation}.
   *
   * @param epochsOfPatience how many epochs without a new best to allow; at least 1
   * @return changed settings
   * @throws IllegalArgumentException if the patience is below 1
   */
  public Training earlyStopping(int epochsOfPatience) {
    requireAtLeastOne("the patience of early stopping", epochsOfPatience);
    Training copy = copy();
    copy.patience = OptionalInt.of(epochsOfPatience);
    return copy;
  }

  /**
   * Scales the gradient of the loss down to a length if it is longer (Pascanu et al., ICML 2013).
   * The norm is taken over all parameters together, before penalties are added.
   *
   * @param maxNorm the greatest Euclidean norm; above 0
   * @return changed settings
   * @throws IllegalArgumentException if {@code maxNorm} is not above 0
   */
  public Training clipGradientNorm(double maxNorm) {
    if (!(maxNorm > 0)) {
      throw new IllegalArgumentException("maxNorm must be above 0, but was " + maxNorm);
    }
    Training copy = copy();
    copy.maxGradientNorm = maxNorm;
    return copy;
  }

  /**
   * Lets the learning rate fall along half a cosine from the optimiser's rate to zero over the run
   * (Loshchilov and Hutter, ICLR 2017): at step {@code t} of {@code T} it is multiplied by {@code
   * (1 + cos(pi t / T)) / 2}.
   *
   * @return changed settings
   */
  public Training cosineDecay() {
    Training copy = copy();
    copy.cosineDecay = true;
    return copy;
  }

  /**
   * Lets the learning rate rise in a straight line over the first steps of the run.
   *
   * @param steps how many; at least 0
   * @return changed settings
   * @throws IllegalArgumentException if {@code steps} is negative
   */
  public Training warmup(int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("warm-up steps must be at least 0, but were " + steps);
    }
    Training copy = copy();
    copy.warmupSteps = steps;
    return copy;
  }

  /**
   * Adds somebody who hears how the run goes.
   *
   * @param listener called after those added before
   * @return changed settings
   */
  public Training listener(TrainingListener listener) {
    List<TrainingListener> more = new ArrayList<>(listeners);
    more.add(Objects.requireNonNull(listener, "listener"));
    Training copy = copy();
    copy.listeners = List.copyOf(more);
    return copy;
  }

  /**
   * Shows how the run continues the standard error stream: a line for each epoch, with its losses,
   * how many samples were trained a second, and how long the rest will take. On a terminal there is
   * also a line that changes with the batches.
   *
   * <pre>{@code
   * autoencoder.fit(data, Training.epochs(20).validation(held).progress());
   * // epoch  1/20  loss 0.19237  validation 0.15202  8,110 samples/s  2:21 left
   * }</pre>
   *
   * @return changed settings
   */
  public Training progress() {
    Training copy = progress(System.err);
    copy.liveProgress = isTerminal();
    return copy;
  }

  /** From Java 22 on there is always a console, which knows whether it is a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /**
   * Writes how the run goes, a line for each epoch, with its losses, how many samples were trained
   * a second, and how long the rest will take; warnings too. If writing fails the run continues
   * without.
   *
   * @param out such as {@code System.out} or a writer; used on the thread that trains, flushed
   *     after each line, never closed
   * @return changed settings
   */
  public Training progress(Appendable out) {
    Training copy = copy();
    copy.progressTarget = Objects.requireNonNull(out, "out");
    copy.liveProgress = false;
    return copy;
  }

  /**
   * Lets so many threads compute at a time. By default it is what the system property {@code
   * autoencoder4j.threads} says, else the number of processors that this process may use: the JVM's
   * count, which knows the quotas of containers, or {@code OMP_NUM_THREADS} if that is smaller.
   *
   * <p>For a given number the results are the same bit for bit, however busy the machine is; with
   * another one sums may differ in their last bits.
   *
   * @param count at least 1
   * @return changed settings
   * @throws IllegalArgumentException if {@code count} is below 1
   */
  public Training threads(int count) {
    requireAtLeastOne("threads", count);
    Training copy = copy();
    copy.threads = OptionalInt.of(count);
    return copy;
  }

  /**
   * Lets somebody stop the run between two batches; interrupting its thread does the same. The
   * weights stay as they are then, or, with early stopping, are the best so far. With {@link
   * #checkpoints} the run can be resumed from there.
   *
   * @param condition asked before every batch; may be answered by another thread's flag
   * @return changed settings
   */
  public Training cancelWhen(BooleanSupplier condition) {
    Training copy = copy();
    copy.cancelled = Objects.requireNonNull(condition, "condition");
    return copy;
  }

  /**
   * Writes the run to disk on the way, so that {@code Autoencoder.resume} can continue it.
   *
   * @param checkpoints where and how often
   * @return changed settings
   */
  public Training checkpoints(Checkpoints checkpoints) {
    Training copy = copy();
    copy.checkpoints = Objects.requireNonNull(checkpoints, "checkpoints");
    return copy;
  }

  /**
   * How often to go through the data.
   *
   * @return at least 1
   */
  public int epochs() {
    return epochs;
  }

  /**
   * How many samples a step looks at.
   *
   * @return at least 1
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * The data to judge each epoch by.
   *
   * @return empty if there are none
   */
  public Optional<ImageSource> validation() {
    return Optional.ofNullable(validation);
  }

  /**
   * How many epochs without a new best to allow.
   *
   * @return empty without early stopping
   */
  public OptionalInt patience() {
    return patience;
  }

  /**
   * The greatest norm of the gradient.
   *
   * @return above 0; infinity for no bound
   */
  public double maxGradientNorm() {
    return maxGradientNorm;
  }

  /**
   * Whether the learning rate falls along half a cosine.
   *
   * @return false by default
   */
  public boolean hasCosineDecay() {
    return cosineDecay;
  }

  /**
   * Over how many steps the learning rate rises at first.
   *
   * @return at least 0
   */
  public int warmupSteps() {
    return warmupSteps;
  }

  /**
   * Who hears how the run goes.
   *
   * @return immutable
   */
  public List<TrainingListener> listeners() {
    return listeners;
  }

  /**
   * Where and how often the run is written to disk.
   *
   * @return empty if it is not
   */
  public Optional<Checkpoints> checkpoints() {
    return Optional.ofNullable(checkpoints);
  }

  /**
   * Where the progress of the run is written.
   *
   * @return empty if it is not
   */
  public Optional<Appendable> progressTarget() {
    return Optional.ofNullable(progressTarget);
  }

  /**
   * Whether the progress is shown within epochs too, by a line that changes.
   *
   * @return true after {@link #progress()} where there is a terminal
   */
  public boolean showsLiveProgress() {
    return liveProgress;
  }

  /**
   * How many threads compute at a time.
   *
   * @return empty if the library chooses
   */
  public OptionalInt threads() {
    return threads;
  }

  /**
   * Whether somebody wants the run to stop.
   *
   * @return what the condition says now
   */
  public boolean cancelled() {
    return cancelled.getAsBoolean();
  }
}
