package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.onednn.GradientUser;
import io.github.autoencoder4j.internal.onednn.JavaCpp;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.internal.onednn.RowReader;
import io.github.autoencoder4j.internal.onednn.RowWriter;
import io.github.autoencoder4j.internal.onednn.TrainingProgram;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.output.OutputKernel;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
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
 * <p>Training must stay on one thread at a time; {@link #encode}, {@link #decode}, {@link #fed} and
 * {@link #objective} may be called from many threads while nobody trains.
 */
// Scopes outside of workspaces are held open, never read.
@SuppressWarnings("try")
public final class Engine implements AutoCloseable {

  /** Few enough values to keep memory small: 16 MB of samples, and 256 MB of codes. */
  private static final int PORTION_VALUES = 4_000_000;

  private static final int PORTION_CODES = 1 << 26;

  private static final double[] NO_TERMS = {};

  private final Spec spec;
  private final Network table;
  private final OutputKernel output;
  private final MultiLayerNetwork network;
  private final ParameterUpdate optimizer;
  private final LayerPath layerPath;
  private final @Nullable OneDnnPath oneDnnPath;
  private final AtomicLong version = new AtomicLong();
  private volatile boolean handedOut;

  /** Set for one run; otherwise the number for all. */
  private volatile int threads;

  private int earlierSteps;
  private int earlierEpochs;

  private Engine(Spec spec, Network table, MultiLayerNetwork network) {
    this.spec = spec;
    this.table = table;
    this.output = spec.output().kernel();
    this.network = network;
    this.optimizer = new ParameterUpdate(table, spec.penalty(), network);
    this.layerPath = new LayerPath(spec, table, network, this::threads);
    this.oneDnnPath =
        network.params().dataType() == DataType.FLOAT
                && OneDnn.isOpen()
                && TrainingProgram.supports(table)
            ? new OneDnnPath(spec, table, network, this::threads, this::version)
            : null;
  }

  /** The fast path where it is open. Both see the same parameters, so it may change at any time. */
  private ComputePath path() {
    requireOpen();
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

  static Engine create(Spec spec, DataType dataType) {
    Engine engine = blank(spec, dataType);
    engine.setParameters(InitialWeights.draw(spec, engine.table));
    return engine;
  }

  /**
   * Builds a network whose weights are all zero, to be filled through {@link #parameterMemory()}.
   *
   * @param spec what makes it
   * @return a network of 32-bit floats
   */
  public static Engine blank(Spec spec) {
    return blank(spec, DataType.FLOAT);
  }

  private static Engine blank(Spec spec, DataType dataType) {
    NativeBackend.require();
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
  public Spec spec() {
    return spec;
  }

  /**
   * Gives its steps, and where its numbers lie.
   *
   * @return the network as a table
   */
  public Network table() {
    return table;
  }

  /**
   * The network, for those who want to go on with Deeplearning4j.
   *
   * @return the live network, not a copy
   */
  public MultiLayerNetwork network() {
    handedOut = true;
    return network;
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

  INDArray parameterArray() {
    requireOpen();
    return network.params();
  }

  /** Memory that was freed must not be touched, and whoever was handed the network may free it. */
  private void requireOpen() {
    if (network.params().wasClosed()) {
      throw new IllegalStateException(
          "the network of this autoencoder was closed, by Dl4j.networkOf(...).close() or"
              + " otherwise, and its weights are gone; load it again from its file");
    }
  }

  /**
   * Another number whenever parameters have changed since the last question, and always another
   * once somebody else may change them.
   */
  private long version() {
    return handedOut ? version.incrementAndGet() : version.get();
  }

  /**
   * All weights and biases.
   *
   * @return a copy
   */
  public float[] parameters() {
    float[] values = new float[(int) network.numParams()];
    Buffers.read(parameterArray(), values, 0);
    return values;
  }

  /**
   * Replaces all weights and biases.
   *
   * @param values as {@link #parameters} gave them
   */
  public void setParameters(float[] values) {
    Buffers.write(values, parameterArray());
    version.incrementAndGet();
  }

  /**
   * All weights and biases where they lie, in the order of {@link Network#parameters()}.
   *
   * @return the memory itself, not a copy, to be used while this engine is in use; whoever writes
   *     to it must be done before anybody encodes or decodes
   */
  public FloatBuffer parameterMemory() {
    version.incrementAndGet();
    return Buffers.whole(parameterArray());
  }

  /**
   * What the optimiser remembers from step to step, where it lies.
   *
   * @return the memory itself, not a copy, to be used while this engine is in use; empty if it
   *     remembers nothing
   */
  public FloatBuffer optimizerMemory() {
    requireOpen();
    return optimizer.memory();
  }

  /**
   * Says how far the network has been trained, when its weights come from elsewhere.
   *
   * @param iteration how many steps were made
   * @param epoch how many epochs were finished
   */
  public void setProgress(int iteration, int epoch) {
    network.setIterationCount(iteration);
    network.setEpochCount(epoch);
    setEarlier(0, 0);
  }

  /**
   * Says how far its weights were trained before its optimiser started.
   *
   * @param steps how many steps were made
   * @param epochs how many epochs were finished
   */
  public void setEarlier(int steps, int epochs) {
    earlierSteps = steps;
    earlierEpochs = epochs;
  }

  /**
   * How many steps its weights have been trained, by this optimiser and before.
   *
   * @return at least {@link #iteration()}
   */
  public int steps() {
    return (int) Math.min(Integer.MAX_VALUE, (long) earlierSteps + iteration());
  }

  /**
   * How many epochs its weights have been trained, by this optimiser and before.
   *
   * @return at least {@link #epoch()}
   */
  public int epochs() {
    return (int) Math.min(Integer.MAX_VALUE, (long) earlierEpochs + epoch());
  }

  /** Lets the optimiser start afresh, as after a step that spoilt its memory. */
  public void resetOptimizer() {
    requireOpen();
    optimizer.reset();
  }

  /**
   * What the weights add to the objective.
   *
   * @return the penalty; 0 without one
   */
  public double penalty() {
    requireOpen();
    return network.calcRegularizationScore(true);
  }

  /**
   * Lets the learning rate follow a schedule from now on. The optimiser's memory stays.
   *
   * @param schedule gives the rate of each step
   */
  public void setLearningRate(Schedule schedule) {
    network.setLearningRate(Updaters.of(schedule));
  }

  /**
   * How many steps the network has been trained.
   *
   * @return the number of optimiser steps
   */
  public int iteration() {
    return network.getIterationCount();
  }

  /**
   * Computes the gradient of one batch and follows it.
   *
   * @param input what the network sees, {@code n} samples side by side from the buffer's first
   *     value on; native memory is read where it lies
   * @param target what it is asked for, laid out alike; may be the same buffer
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
    GradientUser step = Double.isFinite(objective.total()) ? optimizer.begin() : null;
    fast.gradients(n, step == null ? OneDnnPath.NOBODY : step);
    if (step == null) {
      return follow(objective, n, maxNorm);
    }
    updateState();
    optimizer.end();
    version.incrementAndGet();
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
   * Computes the objective of one batch, and leaves its gradient in {@link #gradientMemory()}.
   *
   * @param input what the network sees, {@code n} samples side by side from the buffer's first
   *     value on; native memory is read where it lies
   * @param target what it is asked for, laid out alike; may be the same buffer
   * @param n how many samples
   * @return the objective of the batch, without penalty
   */
  public Objective gradient(FloatBuffer input, FloatBuffer target, int n) {
    return trainingPath().gradient(input, target, n);
  }

  /**
   * Gives the gradient of the last batch where it lies, in the order of {@link
   * Network#parameters()}. What belongs to state has its sums there.
   *
   * @return the memory itself, not a copy; to be used after {@link #gradient}
   */
  public FloatBuffer gradientMemory() {
    requireOpen();
    return Buffers.whole(network.getGradientsViewArray());
  }

  /**
   * Follows the gradient in {@link #gradientMemory()}.
   *
   * @param n how many samples it is of
   * @param maxNorm the gradient is scaled down to this norm if it is longer; infinity for no bound
   * @return false, and no step was made, if the gradient has to be bounded and is not finite
   */
  public boolean update(int n, double maxNorm) {
    updateState();
    if (!optimizer.step(n, maxNorm, threads())) {
      return false;
    }
    version.incrementAndGet();
    return true;
  }

  /** Moves what no gradient moves, and leaves no gradient there. */
  private void updateState() {
    for (StagePlan place : table.stages()) {
      List<Network.Entry> entries = table.parameters(place);
      if (entries.stream().anyMatch(entry -> entry.spec().kind() == Kind.STATE)) {
        List<double[]> arrays = arrays(entries);
        List<double[]> sums = arrays(entries);
        read(entries, network.params(), arrays);
        read(entries, network.getGradientsViewArray(), sums);
        place.stage().kernel(place.output()).updateState(arrays, sums);
        for (int i = 0; i < arrays.size(); i++) {
          Network.Entry entry = entries.get(i);
          if (entry.spec().kind() == Kind.STATE) {
            Buffers.write(arrays.get(i), Buffers.part(network.params(), entry));
            Buffers.part(network.getGradientsViewArray(), entry).assign(0);
          }
        }
      }
    }
  }

  private static List<double[]> arrays(List<Network.Entry> entries) {
    return entries.stream().map(entry -> new double[entry.length()]).toList();
  }

  private static void read(List<Network.Entry> entries, INDArray from, List<double[]> arrays) {
    for (int i = 0; i < entries.size(); i++) {
      double[] values = Buffers.doubles(Buffers.part(from, entries.get(i)));
      System.arraycopy(values, 0, arrays.get(i), 0, values.length);
    }
  }

  private ComputePath trainingPath() {
    requireOpen();
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
    return !Double.isFinite(objective.total()) || update(n, maxNorm)
        ? objective
        : new Objective(Double.NaN, objective.terms());
  }

  /** Tells the network that an epoch is over, for schedules that count epochs. */
  public void endEpoch() {
    network.incrementEpochCount();
  }

  /**
   * How many epochs the network has been trained.
   *
   * @return the number of finished epochs
   */
  public int epoch() {
    return network.getEpochCount();
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
    NetworkSize size = NetworkSize.of(table);
    long room = JavaCpp.machineBytes();
    if (size.stepBytes(n) > room) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a batch of %d samples needs about %,d MB for what the layers make of them, and there"
                  + " are %,d MB in this machine; set batchSize to at most %d",
              n,
              size.stepBytes(n) >> 20,
              room >> 20,
              Math.max(1, room / size.stepBytes(1))));
    }
  }

  /**
   * How many samples to hand over at a time where there are many, so that neither they nor their
   * codes take much memory.
   *
   * @param most the limit for small samples
   * @return at least 1
   */
  public int portion(int most) {
    int samples = PORTION_VALUES / table.input().size();
    int widest = table.encoder().get(table.encoder().size() - 1).output().size();
    int codes = PORTION_CODES / Math.max(widest, table.code().size());
    return Math.max(1, Math.min(most, Math.min(samples, codes)));
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
    if (!handedOut) {
      // Not network.close(), which also frees the workspaces of the caller and runs the collector.
      close(network.getGradientsViewArray());
      close(optimizer.array());
      close(network.params());
    }
  }

  private static void close(@Nullable INDArray array) {
    if (array != null && array.closeable() && !array.wasClosed()) {
      array.close();
    }
  }

  /** Gives back the memory that only training needs. The network can be trained again. */
  public void endTraining() {
    layerPath.endTraining();
    if (oneDnnPath != null) {
      oneDnnPath.endTraining();
    }
  }

  /**
   * Judges a batch as after training, in 32-bit floats, with noise that is the same at every call.
   *
   * @param input what the network sees, {@code n} samples side by side
   * @param target what it is asked for, laid out alike
   * @param n how many samples
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return the objective, without penalty
   */
  public Objective objective(float[] input, float[] target, int n, long first) {
    double[] terms = new double[table.terms().size()];
    float[] codes = encode(rows(input), n, first, Mode.OBJECTIVE, terms);
    double loss = loss(output, fed(codes, n), target, n);
    return table.objective(loss, terms, n);
  }

  /**
   * Judges the outputs of a batch in another way than training does.
   *
   * @param kind the output whose loss is computed
   * @param input what the network sees, {@code n} samples side by side; its targets too
   * @param n how many samples
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return the mean loss
   */
  public double loss(Output kind, float[] input, int n, long first) {
    return loss(kind.kernel(), fed(encodeForReconstruction(input, n, first), n), input, n);
  }

  private double loss(OutputKernel kernel, float[] fed, float[] target, int n) {
    int count = n * table.input().size();
    FloatBuffer linked = FloatBuffer.allocate(fed.length);
    for (int i = 0; i < fed.length; i++) {
      linked.put(i, link(kernel, fed[i]));
    }
    return kernel.lossAndGradient(
        FloatBuffer.wrap(fed), FloatBuffer.wrap(target).slice(0, count), linked, n, count);
  }

  private static float link(OutputKernel kernel, float value) {
    return switch (kernel.link()) {
      case IDENTITY -> value;
      case SIGMOID -> (float) (1 / (1 + Math.exp(-value)));
    };
  }

  /**
   * Turns samples into codes, after those latent stages that are not chance.
   *
   * @param samples {@code n} samples side by side, {@code [n, channels, height, width]}
   * @param n how many
   * @return {@code n} codes side by side
   */
  public float[] encode(float[] samples, int n) {
    return encode(rows(samples), n, 0, Mode.ENCODING, NO_TERMS);
  }

  /**
   * Turns samples into what the decoder is given when they are reconstructed: their codes, with
   * noise if a stage adds some at inference.
   *
   * @param samples {@code n} samples side by side, {@code [n, channels, height, width]}
   * @param n how many
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return {@code n} codes side by side
   */
  public float[] encodeForReconstruction(float[] samples, int n, long first) {
    return encode(rows(samples), n, first, Mode.RECONSTRUCTION, NO_TERMS);
  }

  /**
   * Turns samples into codes, after those latent stages that are not chance.
   *
   * @param samples gives {@code n} samples, {@code [channels, height, width]}
   * @param n how many
   * @return {@code n} codes side by side
   */
  public float[] encode(RowReader samples, int n) {
    return encode(samples, n, 0, Mode.ENCODING, NO_TERMS);
  }

  /**
   * Turns samples into what the decoder is given when they are reconstructed: their codes, with
   * noise if a stage adds some at inference.
   *
   * @param samples gives {@code n} samples, {@code [channels, height, width]}
   * @param n how many
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return {@code n} codes side by side
   */
  public float[] encodeForReconstruction(RowReader samples, int n, long first) {
    return encode(samples, n, first, Mode.RECONSTRUCTION, NO_TERMS);
  }

  private RowReader rows(float[] samples) {
    int size = table.input().size();
    return (row, memory, at) -> memory.at(at).put(samples, row * size, size);
  }

  private float[] encode(RowReader samples, int n, long first, Mode mode, double[] terms) {
    int width = table.encoder().get(table.encoder().size() - 1).output().size();
    float[] codes = new float[n * width];
    path().encode(samples, n, codes);
    int term = 0;
    for (StagePlan place : table.stages()) {
      LatentBatch batch = place.batch(n, spec.seed(), false);
      batch.begin(mode, first, iteration(), 0);
      for (int i = 0; i < codes.length; i++) {
        batch.input()[i] = codes[i];
      }
      read(table.parameters(place), network.params(), batch.arrays());
      place.stage().kernel(place.output()).forward(batch);
      double[] result = batch.output();
      codes = new float[result.length];
      for (int i = 0; i < result.length; i++) {
        codes[i] = (float) result[i];
      }
      if (mode.hasTerms()) {
        for (double value : batch.terms()) {
          terms[term++] += value;
        }
      }
    }
    return codes;
  }

  /**
   * Turns codes into reconstructions.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @return {@code n} samples side by side
   */
  public float[] decode(float[] codes, int n) {
    int size = table.input().size();
    float[] samples = new float[n * size];
    decode(codes, n, (row, values) -> values.get(samples, row * size, size));
    return samples;
  }

  /**
   * Turns codes into reconstructions.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @param samples takes {@code n} samples, whose values come first in what it is given
   */
  public void decode(float[] codes, int n, RowWriter samples) {
    path()
        .decode(
            codes,
            n,
            true,
            (row, values) -> {
              output.toValues(values);
              samples.write(row, values);
            });
  }

  /**
   * Turns codes into what the output is fed, such as logits.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @return {@code n} rows side by side
   */
  public float[] fed(float[] codes, int n) {
    int size = table.decoder().get(table.decoder().size() - 1).output().size();
    float[] fed = new float[n * size];
    path().decode(codes, n, false, (row, values) -> values.get(fed, row * size, size));
    return fed;
  }

  /** {@code [n, channels, height, width]} for convolutions, else {@code [n, values]}. */
  static long[] shape(ImageShape shape, long n, boolean images) {
    return images ? imageShape(shape, n) : new long[] {n, shape.size()};
  }

  static long[] imageShape(ImageShape shape, long n) {
    return new long[] {n, shape.channels(), shape.height(), shape.width()};
  }
}
