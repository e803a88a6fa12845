package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.compute.Backend;
import io.github.autoencoder4j.internal.compute.ForwardPass;
import io.github.autoencoder4j.internal.compute.OutputNumbers;
import io.github.autoencoder4j.internal.compute.RunnableNetwork;
import io.github.autoencoder4j.internal.compute.Threads;
import io.github.autoencoder4j.internal.onednn.GradientUser;
import io.github.autoencoder4j.internal.onednn.JavaCpp;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.internal.onednn.ResidentMemory;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that runs: a Deeplearning4j {@link MultiLayerNetwork} of our own layers, with the steps
 * that training and inference are made of.
 *
 * <p>Training must stay on one thread at a time; its {@link #forward()} may be used by many threads
 * while nobody trains, and its {@link #store()} has the numbers.
 */
// Scopes outside of workspaces are held open, never read.
@SuppressWarnings("try")
public final class Engine implements RunnableNetwork, AutoCloseable {

  private final Spec spec;
  private final Network table;
  private final MultiLayerNetwork network;
  private final ParameterStore store;
  private final ForwardPass forward;
  private final LayerPath layerPath;
  private final @Nullable OneDnnPath oneDnnPath;

  /** Set for one run; otherwise the number for all. */
  private volatile int threads;

  private Engine(Spec spec, Network table, MultiLayerNetwork network) {
    this.spec = spec;
    this.table = table;
    this.network = network;
    this.store = new ParameterStore(spec, table, network);
    this.layerPath = new LayerPath(spec, table, network, this::threads);
    this.oneDnnPath =
        network.params().dataType() == DataType.FLOAT && OneDnn.isOpen()
            ? new OneDnnPath(
                spec,
                table,
                network,
                this::threads,
                store::version,
                () -> OutputNumbers.kernel(table, store))
            : null;
    this.forward = new ForwardPass(spec, table, store, this::path);
  }

  /** The fast path where it is open. Both see the same parameters, so it may change at any time. */
  private ComputePath path() {
    store.requireOpen();
    OneDnnPath fast = oneDnnPath;
    return fast != null && OneDnn.isOpen() ? fast : layerPath;
  }

  /**
   * Builds a network and draws its first weights.
   *
   * @param spec what makes it
   * @return a network of 32-bit floats
   */
  public static Engine create(Spec spec) {
    return create(spec, DataType.FLOAT);
  }

  /**
   * Says why no network can be computed here.
   *
   * @return what is missing, and the way out; empty if nothing is
   */
  public static Optional<String> problem() {
    try {
      NativeBackend.require();
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  static Engine create(Spec spec, DataType dataType) {
    Engine engine = blank(spec, dataType);
    engine.store.setParameters(InitialWeights.draw(spec, engine.table));
    return engine;
  }

  /**
   * Builds a network whose weights are all zero, to be filled through {@link
   * ParameterStore#parameterMemory()}.
   *
   * @param spec what makes it
   * @return a network of 32-bit floats
   */
  public static Engine blank(Spec spec) {
    return blank(spec, DataType.FLOAT);
  }

  private static Engine blank(Spec spec, DataType dataType) {
    NativeBackend.require();
    ResidentMemory.makeRoom();
    Network table = Network.of(spec);
    // What is allocated here outlives any workspace that the caller may be in.
    try (Scope outside = outsideWorkspaces()) {
      return new Engine(spec, table, NativeNetwork.blank(spec, table, dataType));
    }
  }

  /**
   * Gives what makes this network.
   *
   * @return the choices as they were given
   */
  @Override
  public Spec spec() {
    return spec;
  }

  /**
   * Gives its steps, and where its numbers lie.
   *
   * @return the network as a table
   */
  @Override
  public Network table() {
    return table;
  }

  /**
   * Gives its numbers, and how far they have been trained.
   *
   * @return the live parameters, not a copy
   */
  @Override
  public ParameterStore store() {
    return store;
  }

  /**
   * Gives what encodes, decodes and judges.
   *
   * @return for any number of threads while nobody trains
   */
  @Override
  public ForwardPass forward() {
    return forward;
  }

  @Override
  public Backend backend() {
    return NativeBuild.backend();
  }

  /**
   * The network, for those who want to go on with Deeplearning4j.
   *
   * @return the live network, not a copy
   */
  public MultiLayerNetwork network() {
    return store.handOut();
  }

  /**
   * How many threads compute at a time.
   *
   * @return at least 1
   */
  public int threads() {
    int asked = threads;
    return asked > 0 ? asked : Threads.count();
  }

  /**
   * Lets so many threads compute at a time from now on.
   *
   * @param count at least 1, or 0 for what {@link Threads#count} says at each call
   */
  public void setThreads(int count) {
    // Programs are cut for a number of threads.
    endTraining();
    threads = count;
  }

  /** A scope to be closed by the thread that opened it. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Leaves any workspace that the caller may be in, so that what is allocated outlives it.
   *
   * @return to be closed when the caller may be in it again
   */
  public static Scope outsideWorkspaces() {
    MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
    return outside::close;
  }

  /**
   * Computes the gradient of one batch and follows it.
   *
   * @param input what the network sees, {@code n} samples side by side, with their conditions, from
   *     the buffer's first value on; native memory is read where it lies
   * @param target what it is asked for; may be the same buffer if nothing is conditioned
   * @param n how many samples
   * @param maxNorm the gradient of the loss is scaled down to this norm if it is longer; infinity
   *     for no bound
   * @return the objective of the batch before the step, without penalty; if it, or the gradient
   *     that is to be bounded, is not finite, one that is not, and no step was made
   */
  public Objective step(FloatBuffer input, FloatBuffer target, int n, double maxNorm) {
    OneDnnPath fast = oneDnnPath;
    boolean bounded = maxNorm < Double.POSITIVE_INFINITY;
    if (bounded || fast == null || trainingPath() != fast) {
      return follow(gradient(input, target, n), n, maxNorm);
    }
    Objective objective = fast.backward(input, target, n);
    GradientUser step = Double.isFinite(objective.total()) ? store.optimizer().begin() : null;
    fast.gradients(n, step == null ? OneDnnPath.NOBODY : step);
    if (step == null) {
      return follow(objective, n, maxNorm);
    }
    store.updateState(objective.reconstruction());
    store.optimizer().end();
    store.changed();
    return objective;
  }

  Objective step(float[] input, float[] target, int n, double maxNorm) {
    FloatBuffer seen = FloatBuffer.wrap(input);
    return step(seen, input == target ? seen : FloatBuffer.wrap(target), n, maxNorm);
  }

  Objective gradient(float[] input, float[] target, int n) {
    FloatBuffer seen = FloatBuffer.wrap(input);
    return gradient(seen, input == target ? seen : FloatBuffer.wrap(target), n);
  }

  /**
   * Computes the objective of one batch, and leaves its gradient in {@link
   * ParameterStore#gradientMemory()}.
   *
   * @param input what the network sees, {@code n} samples side by side, with their conditions, from
   *     the buffer's first value on; native memory is read where it lies
   * @param target what it is asked for; may be the same buffer if nothing is conditioned
   * @param n how many samples
   * @return the objective of the batch, without penalty
   */
  public Objective gradient(FloatBuffer input, FloatBuffer target, int n) {
    return trainingPath().gradient(input, target, n);
  }

  /**
   * Follows the gradient in {@link ParameterStore#gradientMemory()}.
   *
   * @param objective the objective that it is of
   * @param n how many samples it is of
   * @param maxNorm the gradient is scaled down to this norm if it is longer; infinity for no bound
   * @return false, and no step was made, if the gradient has to be bounded and is not finite
   */
  public boolean update(Objective objective, int n, double maxNorm) {
    store.updateState(objective.reconstruction());
    if (!store.optimizer().step(n, maxNorm, threads())) {
      return false;
    }
    store.changed();
    return true;
  }

  private ComputePath trainingPath() {
    store.requireOpen();
    // Listeners of Deeplearning4j want to see its layers at work.
    return network.getListeners().isEmpty() ? path() : layerPath;
  }

  Objective gradient(INDArray input, INDArray target) {
    return layerPath.gradient(input, target);
  }

  Objective step(INDArray input, INDArray target, double maxNorm) {
    return follow(layerPath.gradient(input, target), (int) input.size(0), maxNorm);
  }

  private Objective follow(Objective objective, int n, double maxNorm) {
    return !Double.isFinite(objective.total()) || update(objective, n, maxNorm)
        ? objective
        : new Objective(Double.NaN, objective.terms());
  }

  /**
   * What computes a step. Sums differ in their last bits between the two, so a run is the same bit
   * for bit on one of them only.
   *
   * @return for people
   */
  public String computePath() {
    return trainingPath() == layerPath ? "ND4J" : "oneDNN";
  }

  /**
   * How the work on a batch is divided in training, on which sums depend in their last bits.
   *
   * @param n how many samples it has
   * @return for people
   */
  public String division(int n) {
    OneDnnPath fast = oneDnnPath;
    return fast != null && trainingPath() == fast && fast.isCut()
        ? fast.pieces(n) + " pieces"
        : threads() + " threads";
  }

  /**
   * Refuses a batch for whose step there cannot be memory enough.
   *
   * @param n how many samples it has
   * @throws IllegalArgumentException if there is not; the message says how many samples there may
   *     be
   */
  public void requireRoom(int n) {
    OneDnnPath fast = oneDnnPath;
    int atOnce = fast != null && trainingPath() == fast ? fast.samplesAtOnce(n) : n;
    long needed = NetworkSize.of(table).stepBytes(atOnce);
    long room = JavaCpp.machineBytes();
    if (needed > room) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a batch of %d samples needs about %,d MB for what the layers make of them, and there"
                  + " are %,d MB in this machine; set batchSize to at most %d",
              n,
              needed >> 20,
              room >> 20,
              Math.max(1, (long) ((double) n * room / needed))));
    }
  }

  /**
   * Frees all native memory at once, which otherwise the garbage collector does when it comes to
   * it. A network that was handed out keeps its weights until nobody holds it any more.
   *
   * <p>To be called when nobody uses this engine. Closing twice is harmless.
   */
  @Override
  public void close() {
    layerPath.close();
    if (oneDnnPath != null) {
      oneDnnPath.close();
    }
    store.close();
  }

  /** Gives back the memory that only training needs. The network can be trained again. */
  public void endTraining() {
    layerPath.endTraining();
    if (oneDnnPath != null) {
      oneDnnPath.endTraining();
    }
  }

  /** {@code [n, channels, height, width]} for convolutions, else {@code [n, values]}. */
  static long[] shape(ImageShape shape, long n, boolean images) {
    return images ? imageShape(shape, n) : new long[] {n, shape.size()};
  }

  static long[] imageShape(ImageShape shape, long n) {
    return new long[] {n, shape.channels(), shape.height(), shape.width()};
  }
}
