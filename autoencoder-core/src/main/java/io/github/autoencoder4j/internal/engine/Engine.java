package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.UpdaterCreator;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
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
public final class Engine {

  private final Architecture architecture;
  private final List<LatentStage> latentStages;
  private final Loss loss;
  private final IUpdater optimizer;
  private final MultiLayerNetwork network;
  private final boolean images;
  private final List<InferenceLayer> encoder = new ArrayList<>();
  private final List<InferenceLayer> stages = new ArrayList<>();
  private final List<InferenceLayer> decoder = new ArrayList<>();
  private final BatchBuffer inputBuffer;
  private final BatchBuffer targetBuffer;

  private Engine(
      Architecture architecture,
      List<LatentStage> latentStages,
      Loss loss,
      IUpdater optimizer,
      MultiLayerNetwork network) {
    this.architecture = architecture;
    this.latentStages = List.copyOf(latentStages);
    this.loss = loss;
    this.optimizer = optimizer;
    this.network = network;
    this.images = architecture instanceof ConvArchitecture;
    this.inputBuffer = new BatchBuffer(architecture.input(), images);
    this.targetBuffer = new BatchBuffer(architecture.input(), images);
    int encoderEnd = architecture.encoder().size();
    int stagesEnd = encoderEnd + latentStages.size();
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      (i < encoderEnd ? encoder : i < stagesEnd ? stages : decoder).add((InferenceLayer) layers[i]);
    }
  }

  /**
   * Builds a network and draws its first weights.
   *
   * @param architecture the layers
   * @param stages what happens to codes between encoder and decoder, in order
   * @param loss what training minimises
   * @param penalty what training adds for large weights
   * @param optimizer how weights follow gradients
   * @param seed chooses the first weights and the dropout masks
   * @return a network of 32-bit floats
   */
  public static Engine create(
      Architecture architecture,
      List<LatentStage> stages,
      Loss loss,
      Penalty penalty,
      IUpdater optimizer,
      long seed) {
    return create(architecture, stages, loss, penalty, optimizer, seed, DataType.FLOAT);
  }

  static Engine create(
      Architecture architecture,
      Loss loss,
      Penalty penalty,
      IUpdater optimizer,
      long seed,
      DataType dataType) {
    return create(architecture, List.of(), loss, penalty, optimizer, seed, dataType);
  }

  static Engine create(
      Architecture architecture,
      List<LatentStage> stages,
      Loss loss,
      Penalty penalty,
      IUpdater optimizer,
      long seed,
      DataType dataType) {
    Engine engine = blank(architecture, stages, loss, penalty, optimizer, seed, dataType);
    engine.setParameters(InitialWeights.draw(architecture, seed));
    return engine;
  }

  /**
   * Builds a network whose weights are all zero, to be filled through {@link #parameterMemory()}.
   *
   * @param architecture the layers
   * @param stages what happens to codes between encoder and decoder, in order
   * @param loss what training minimises
   * @param penalty what training adds for large weights
   * @param optimizer how weights follow gradients
   * @param seed chooses the dropout masks
   * @return a network of 32-bit floats
   */
  public static Engine blank(
      Architecture architecture,
      List<LatentStage> stages,
      Loss loss,
      Penalty penalty,
      IUpdater optimizer,
      long seed) {
    return blank(architecture, stages, loss, penalty, optimizer, seed, DataType.FLOAT);
  }

  private static Engine blank(
      Architecture architecture,
      List<LatentStage> stages,
      Loss loss,
      Penalty penalty,
      IUpdater optimizer,
      long seed,
      DataType dataType) {
    NativeBackend.require();
    // What is allocated here outlives any workspace that the caller may be in.
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      NeuralNetConfiguration.ListBuilder list = settings(penalty, optimizer, dataType).list();
      architecture.encoder().forEach(plan -> list.layer(configuration(plan, seed)));
      for (int i = 0; i < stages.size(); i++) {
        list.layer(NativeConf.of(stages.get(i), i + 1, architecture.latent(), seed));
      }
      architecture.decoder().forEach(plan -> list.layer(configuration(plan, seed)));
      list.layer(new ReconstructionConf(loss));
      MultiLayerNetwork network = new MultiLayerNetwork(list.build());
      // Without parameters of ours it would draw some, and seed ND4J's generator by the clock.
      network.init(Nd4j.create(dataType, architecture.parameters()), false);
      return new Engine(architecture, stages, loss, optimizer, network);
    }
  }

  static NeuralNetConfiguration.Builder settings(
      Penalty penalty, IUpdater optimizer, DataType dataType) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(dataType)
            .updater(optimizer)
            // Building seeds ND4J's generator, by the clock unless told otherwise. Its own next
            // number keeps a program reproducible that seeded it.
            .seed(Nd4j.getRandom().nextLong())
            // Our loss is a mean over the batch already.
            .miniBatch(false)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED);
    List<org.nd4j.linalg.learning.regularization.Regularization> penalties = new ArrayList<>();
    if (penalty.l1() > 0) {
      penalties.add(new L1Regularization(penalty.l1()));
    }
    if (penalty.l2() > 0) {
      // Theirs is 0.5 x sum(W^2), ours is lambda sum(W^2).
      penalties.add(new L2Regularization(2 * penalty.l2()));
    }
    return builder.regularization(penalties);
  }

  private static FeedForwardLayer configuration(LayerPlan plan, long seed) {
    if (plan instanceof DenseLayerPlan dense) {
      return new DenseConf(dense, seed);
    }
    return NativeConf.of(plan);
  }

  /**
   * The network, for those who want to go on with Deeplearning4j.
   *
   * @return the live network, not a copy
   */
  public MultiLayerNetwork network() {
    return network;
  }

  /**
   * All weights and biases.
   *
   * @return a copy
   */
  public float[] parameters() {
    float[] values = new float[(int) network.numParams()];
    Buffers.read(network.params(), values, 0);
    return values;
  }

  /**
   * Replaces all weights and biases.
   *
   * @param values as {@link #parameters} gave them
   */
  public void setParameters(float[] values) {
    Buffers.write(values, network.params());
  }

  /**
   * All weights and biases where they lie, in the order of {@link ParameterArray#of}.
   *
   * @return the memory itself, not a copy, to be used while this engine is in use
   */
  public FloatBuffer parameterMemory() {
    return memory(network.params());
  }

  /**
   * What the optimiser remembers from step to step, where it lies.
   *
   * @return the memory itself, not a copy, to be used while this engine is in use; empty if it
   *     remembers nothing
   */
  public FloatBuffer optimizerMemory() {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray state = network.getUpdater(true).getStateViewArray();
      return state == null ? FloatBuffer.allocate(0) : memory(state);
    }
  }

  private static FloatBuffer memory(INDArray array) {
    FloatBuffer whole = Buffers.of(array);
    return whole.slice(whole.position(), (int) array.length());
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
  }

  /** Lets the optimiser start afresh, as after a step that spoilt its memory. */
  public void resetOptimizer() {
    network.setUpdater(UpdaterCreator.getUpdater(network));
  }

  /**
   * What the weights add to the objective.
   *
   * @return the penalty; 0 without one
   */
  public double penalty() {
    return network.calcRegularizationScore(true);
  }

  /**
   * The optimiser as it was given.
   *
   * @return not to be changed
   */
  public IUpdater optimizer() {
    return optimizer;
  }

  /**
   * What goes into the network and comes out of it.
   *
   * @return the layers
   */
  public Architecture architecture() {
    return architecture;
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
   * What happens to codes between encoder and decoder.
   *
   * @return in order; immutable
   */
  public List<LatentStage> stages() {
    return latentStages;
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
   * @param input what the network sees, {@code n} samples side by side
   * @param target what it is asked for, laid out alike; may be the same array
   * @param n how many samples
   * @param maxNorm the gradient of the loss is scaled down to this norm if it is longer; infinity
   *     for no bound
   * @return the loss of the batch before the step, without penalty; if it is not finite, no step
   *     was made
   */
  public double step(float[] input, float[] target, int n, double maxNorm) {
    INDArray in = inputBuffer.filled(input, n);
    INDArray wanted = target == input ? in : targetBuffer.filled(target, n);
    return step(in, wanted, maxNorm);
  }

  double step(INDArray input, INDArray target, double maxNorm) {
    network.setInput(input);
    network.setLabels(target);
    network.computeGradientAndScore();
    double loss = ((ReconstructionLayer) network.getOutputLayer()).loss();
    if (!Double.isFinite(loss)) {
      return loss;
    }
    Gradient gradient = network.gradient();
    INDArray flat = gradient.gradient();
    if (maxNorm < Double.POSITIVE_INFINITY) {
      double norm = flat.norm2Number().doubleValue();
      if (!Double.isFinite(norm)) {
        return norm;
      }
      if (norm > maxNorm) {
        flat.muli(maxNorm / norm);
      }
    }
    int iteration = network.getIterationCount();
    network
        .getUpdater(true)
        .update(
            network,
            gradient,
            iteration,
            network.getEpochCount(),
            (int) input.size(0),
            LayerWorkspaceMgr.noWorkspaces());
    network.params().subi(flat);
    network.setIterationCount(iteration + 1);
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

  /** Gives back the memory that only training needs. The network can be trained again. */
  public void endTraining() {
    // Not network.clear(), which forgets the optimiser too.
    for (Layer layer : network.getLayers()) {
      layer.clear();
    }
    network.setInput(null);
    network.setLabels(null);
    inputBuffer.close();
    targetBuffer.close();
  }

  /**
   * Computes the loss of a batch as after training, in 32-bit floats.
   *
   * @param input what the network sees, {@code n} samples side by side
   * @param target what it is asked for, laid out alike
   * @param n how many samples
   * @return the mean loss, without penalty
   */
  public double loss(float[] input, float[] target, int n) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray in = array(input, n, architecture.input());
        INDArray wanted = array(target, n, architecture.input());
        INDArray raw = run(encoder, in);
        INDArray code = runStages(raw, 0, true);
        INDArray logits = run(decoder.subList(0, decoder.size() - 1), code);
        INDArray gradient = logits.ulike()) {
      return ReconstructionLoss.compute(loss, logits, wanted, gradient);
    }
  }

  /**
   * Turns samples into codes, after those latent stages that are not chance.
   *
   * @param samples {@code n} samples side by side, {@code [n, channels, height, width]}
   * @param n how many
   * @return {@code n} codes side by side
   */
  public float[] encode(float[] samples, int n) {
    return encode(samples, n, 0, false);
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
    return encode(samples, n, first, true);
  }

  private float[] encode(float[] samples, int n, long first, boolean noise) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray in = array(samples, n, architecture.input());
        INDArray raw = run(encoder, in);
        INDArray code = runStages(raw, first, noise)) {
      return read(code);
    }
  }

  /**
   * Turns codes into reconstructions.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @return {@code n} samples side by side, with values in (0, 1)
   */
  public float[] decode(float[] codes, int n) {
    return apply(decoder, codes, n, architecture.latent());
  }

  /**
   * Turns codes into what the sigmoid is applied to.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @return {@code n} samples side by side
   */
  public float[] logits(float[] codes, int n) {
    return apply(decoder.subList(0, decoder.size() - 1), codes, n, architecture.latent());
  }

  private float[] apply(List<InferenceLayer> layers, float[] values, int n, ImageShape shape) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray in = array(values, n, shape);
        INDArray out = run(layers, in)) {
      return read(out);
    }
  }

  private static float[] read(INDArray array) {
    float[] values = new float[(int) array.length()];
    Buffers.read(array, values, 0);
    return values;
  }

  private INDArray array(float[] values, int n, ImageShape shape) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape(shape, n, images), 'c');
    Buffers.write(values, array);
    return array;
  }

  /** {@code [n, channels, height, width]} for convolutions, else {@code [n, values]}. */
  static long[] shape(ImageShape shape, long n, boolean images) {
    return images ? imageShape(shape, n) : new long[] {n, shape.size()};
  }

  static long[] imageShape(ImageShape shape, long n) {
    return new long[] {n, shape.channels(), shape.height(), shape.width()};
  }

  /** Always a new array, which the caller closes beside {@code code}. */
  private INDArray runStages(INDArray code, long first, boolean noise) {
    INDArray current = code.dup('c');
    for (InferenceLayer stage : stages) {
      if (stage instanceof NoiseLayer noisy) {
        if (noise) {
          noisy.inferInto(current, current, first);
        }
      } else {
        INDArray next = stage.infer(current);
        current.close();
        current = next;
      }
    }
    return current;
  }

  /** Needs a scope outside of workspaces; a caller's workspace must not own what outlives it. */
  private static INDArray run(List<InferenceLayer> layers, INDArray input) {
    INDArray current = input;
    for (InferenceLayer layer : layers) {
      INDArray next = layer.infer(current);
      if (current != input) {
        current.close();
      }
      current = next;
    }
    return current;
  }
}
