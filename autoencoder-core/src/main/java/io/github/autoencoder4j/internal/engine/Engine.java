package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.onednn.GradientUser;
import io.github.autoencoder4j.internal.onednn.JavaCpp;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.internal.onednn.RowReader;
import io.github.autoencoder4j.internal.onednn.RowWriter;
import io.github.autoencoder4j.internal.onednn.TrainingProgram;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.network.Network;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A network that runs: a Deeplearning4j {@link MultiLayerNetwork} of our own layers, with the steps
 * that training and inference are made of.
 *
 * <p>Training must stay on one thread at a time; {@link #encode}, {@link #decode}, {@link #logits}
 * and {@link #loss} may be called from many threads while nobody trains.
 */
// Scopes outside of workspaces are held open, never read.
@SuppressWarnings("try")
public final class Engine implements AutoCloseable {

  /** Few enough values to keep memory small: 16 MB of samples, and 256 MB of codes. */
  private static final int PORTION_VALUES = 4_000_000;

  private static final int PORTION_CODES = 1 << 26;

  private final NetworkPlan plan;
  private final MultiLayerNetwork network;
  private final List<StageFunction> stages = new ArrayList<>();
  private final Optimizer optimizer;
  private final LayerPath layerPath;
  private final @Nullable OneDnnPath oneDnnPath;
  private final AtomicLong version = new AtomicLong();
  private volatile boolean handedOut;

  /** Set for one run; otherwise the number for all. */
  private volatile int threads;

  private int earlierSteps;
  private int earlierEpochs;

  private Engine(NetworkPlan plan, MultiLayerNetwork network) {
    this.plan = plan;
    this.network = network;
    for (Layer layer : network.getLayers()) {
      if (layer instanceof LatentLayer latent) {
        stages.add(latent.function());
      }
    }
    this.optimizer = new Optimizer(plan, network);
    this.layerPath = new LayerPath(plan.architecture(), stages.size(), network, this::threads);
    this.oneDnnPath =
        network.params().dataType() == DataType.FLOAT
                && OneDnn.isOpen()
                && TrainingProgram.supports(plan.architecture())
            ? new OneDnnPath(plan, stages, network, this::threads, this::version)
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
   * @param plan what makes it
   * @return a network of 32-bit floats
   */
  public static Engine create(NetworkPlan plan) {
    return create(plan, DataType.FLOAT);
  }

  static Engine create(NetworkPlan plan, DataType dataType) {
    Engine engine = blank(plan, dataType);
    engine.setParameters(InitialWeights.draw(plan.architecture(), plan.seed()));
    return engine;
  }

  /**
   * Builds a network whose weights are all zero, to be filled through {@link #parameterMemory()}.
   *
   * @param plan what makes it
   * @return a network of 32-bit floats
   */
  public static Engine blank(NetworkPlan plan) {
    return blank(plan, DataType.FLOAT);
  }

  private static Engine blank(NetworkPlan plan, DataType dataType) {
    NativeBackend.require();
    // What is allocated here outlives any workspace that the caller may be in.
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return new Engine(plan, NativeNetwork.blank(plan, dataType));
    }
  }

  /**
   * What makes this network.
   *
   * @return the plan as it was given
   */
  public NetworkPlan plan() {
    return plan;
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

  INDArray parameterArray() {
    requireOpen();
    return network.params();
  }

  /** Memory that was freed must not be touched, and whoever was handed the network may free it. */
  private void requireOpen() {
    if (network.params().wasClosed()) {
      throw new IllegalStateException(
          "the network of this autoencoder was closed, by network().close() or otherwise, and its"
              + " weights are gone; load it again from its file");
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
  public void setLearningRate(ISchedule schedule) {
    network.setLearningRate(schedule);
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
   * @return the loss of the batch before the step, without penalty; if it, or the gradient that is
   *     to be bounded, is not finite, a number that is not, and no step was made
   */
  public double step(FloatBuffer input, FloatBuffer target, int n, double maxNorm) {
    OneDnnPath fast = oneDnnPath;
    boolean bounded = maxNorm < Double.POSITIVE_INFINITY;
    if (bounded || fast == null || trainingPath() != fast) {
      return follow(lossAndGradient(input, target, n), n, maxNorm);
    }
    double loss = fast.backward(input, target, n);
    GradientUser step = Double.isFinite(loss) ? optimizer.begin() : null;
    fast.gradients(n, step == null ? OneDnnPath.NOBODY : step);
    if (step == null) {
      return follow(loss, n, maxNorm);
    }
    optimizer.end();
    version.incrementAndGet();
    return loss;
  }

  double step(float[] input, float[] target, int n, double maxNorm) {
    FloatBuffer seen = FloatBuffer.wrap(input);
    return step(seen, input == target ? seen : FloatBuffer.wrap(target), n, maxNorm);
  }

  double lossAndGradient(float[] input, float[] target, int n) {
    FloatBuffer seen = FloatBuffer.wrap(input);
    return lossAndGradient(seen, input == target ? seen : FloatBuffer.wrap(target), n);
  }

  private double lossAndGradient(FloatBuffer input, FloatBuffer target, int n) {
    return trainingPath().lossAndGradient(input, target, n);
  }

  private ComputePath trainingPath() {
    requireOpen();
    // Listeners of Deeplearning4j want to see its layers at work.
    return network.getListeners().isEmpty() ? path() : layerPath;
  }

  double step(INDArray input, INDArray target, double maxNorm) {
    return follow(layerPath.lossAndGradient(input, target), (int) input.size(0), maxNorm);
  }

  private double follow(double loss, int n, double maxNorm) {
    if (!Double.isFinite(loss)) {
      return loss;
    }
    if (!optimizer.step(n, maxNorm, threads())) {
      return Double.NaN;
    }
    version.incrementAndGet();
    return loss;
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
    NetworkSize size = NetworkSize.of(plan.architecture());
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
    int samples = PORTION_VALUES / plan.architecture().input().size();
    int codes = PORTION_CODES / plan.architecture().latent().size();
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
   * Computes the loss of a batch as after training, in 32-bit floats.
   *
   * @param input what the network sees, {@code n} samples side by side
   * @param target what it is asked for, laid out alike
   * @param n how many samples
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return the mean loss, without penalty
   */
  public double loss(float[] input, float[] target, int n, long first) {
    return loss(plan.loss(), input, target, n, first);
  }

  /**
   * Computes the cross-entropy of a batch as after training, whatever the loss of the network.
   *
   * @param input what the network sees, {@code n} samples side by side
   * @param target what it is asked for, laid out alike
   * @param n how many samples
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return the mean in nats
   */
  public double crossEntropy(float[] input, float[] target, int n, long first) {
    return loss(Loss.BINARY_CROSS_ENTROPY, input, target, n, first);
  }

  private double loss(Loss kind, float[] input, float[] target, int n, long first) {
    float[] logits = logits(encodeForReconstruction(input, n, first), n);
    float[] output = new float[logits.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    return ReconstructionLoss.compute(
        kind,
        FloatBuffer.wrap(logits),
        FloatBuffer.wrap(target),
        FloatBuffer.wrap(output),
        output.length,
        output.length);
  }

  /**
   * Turns samples into codes, after those latent stages that are not chance.
   *
   * @param samples {@code n} samples side by side, {@code [n, channels, height, width]}
   * @param n how many
   * @return {@code n} codes side by side
   */
  public float[] encode(float[] samples, int n) {
    return encode(rows(samples), n, 0, false);
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
    return encode(rows(samples), n, first, true);
  }

  /**
   * Turns samples into codes, after those latent stages that are not chance.
   *
   * @param samples gives {@code n} samples, {@code [channels, height, width]}
   * @param n how many
   * @return {@code n} codes side by side
   */
  public float[] encode(RowReader samples, int n) {
    return encode(samples, n, 0, false);
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
    return encode(samples, n, first, true);
  }

  private RowReader rows(float[] samples) {
    int size = plan.architecture().input().size();
    return (row, memory, at) -> memory.at(at).put(samples, row * size, size);
  }

  private float[] encode(RowReader samples, int n, long first, boolean noise) {
    float[] codes = new float[n * plan.architecture().latent().size()];
    path().encode(samples, n, codes);
    for (StageFunction stage : stages) {
      if (noise || !stage.isNoise()) {
        double[] values = new double[codes.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = codes[i];
        }
        stage.infer(values, n, first);
        for (int i = 0; i < values.length; i++) {
          codes[i] = (float) values[i];
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
   * @return {@code n} samples side by side, with values in (0, 1)
   */
  public float[] decode(float[] codes, int n) {
    int size = plan.architecture().input().size();
    float[] samples = new float[n * size];
    decode(codes, n, (row, values) -> values.get(samples, row * size, size));
    return samples;
  }

  /**
   * Turns codes into reconstructions.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @param samples takes {@code n} samples with values in (0, 1)
   */
  public void decode(float[] codes, int n, RowWriter samples) {
    path().decode(codes, n, true, samples);
  }

  /**
   * Turns codes into what the sigmoid is applied to.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @return {@code n} samples side by side
   */
  public float[] logits(float[] codes, int n) {
    int size = plan.architecture().input().size();
    float[] logits = new float[n * size];
    path().decode(codes, n, false, (row, values) -> values.get(logits, row * size, size));
    return logits;
  }

  /** {@code [n, channels, height, width]} for convolutions, else {@code [n, values]}. */
  static long[] shape(ImageShape shape, long n, boolean images) {
    return images ? imageShape(shape, n) : new long[] {n, shape.size()};
  }

  static long[] imageShape(ImageShape shape, long n) {
    return new long[] {n, shape.channels(), shape.height(), shape.width()};
  }
}
