package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
  private final Loss loss;
  private final IUpdater optimizer;
  private final MultiLayerNetwork network;
  private final List<InferenceLayer> encoder = new ArrayList<>();
  private final List<InferenceLayer> decoder = new ArrayList<>();
  private final BatchBuffer inputBuffer;
  private final BatchBuffer targetBuffer;

  private Engine(
      Architecture architecture, Loss loss, IUpdater optimizer, MultiLayerNetwork network) {
    this.architecture = architecture;
    this.loss = loss;
    this.optimizer = optimizer;
    this.network = network;
    this.inputBuffer = new BatchBuffer(architecture.input());
    this.targetBuffer = new BatchBuffer(architecture.input());
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      (i < architecture.encoder().size() ? encoder : decoder).add((InferenceLayer) layers[i]);
    }
  }

  /**
   * Builds a network and draws its first weights.
   *
   * @param architecture the layers
   * @param loss what training minimises
   * @param penalty what training adds for large weights
   * @param optimizer how weights follow gradients
   * @param seed chooses the first weights and the dropout masks
   * @return a network of 32-bit floats
   */
  public static Engine create(
      Architecture architecture, Loss loss, Penalty penalty, IUpdater optimizer, long seed) {
    return create(architecture, loss, penalty, optimizer, seed, DataType.FLOAT);
  }

  static Engine create(
      Architecture architecture,
      Loss loss,
      Penalty penalty,
      IUpdater optimizer,
      long seed,
      DataType dataType) {
    NativeBackend.require();
    List<LayerPlan> plans = new ArrayList<>(architecture.encoder());
    plans.addAll(architecture.decoder());
    NeuralNetConfiguration.ListBuilder list = settings(penalty, optimizer, dataType).list();
    for (LayerPlan plan : plans) {
      list.layer(configuration(plan, seed));
    }
    list.layer(new ReconstructionConf(loss));
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    Engine engine = new Engine(architecture, loss, optimizer, network);
    engine.drawWeights(plans, seed);
    return engine;
  }

  static NeuralNetConfiguration.Builder settings(
      Penalty penalty, IUpdater optimizer, DataType dataType) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(dataType)
            .updater(optimizer)
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
    throw new IllegalStateException("no layer for " + plan);
  }

  /**
   * Draws weights with the variance that keeps signals alive through the depth: {@code 2 / in}
   * before rectifiers (He et al., ICCV 2015), {@code 2 / (in + out)} elsewhere (Glorot and Bengio,
   * AISTATS 2010). Biases start at zero.
   */
  private void drawWeights(List<LayerPlan> plans, long seed) {
    float[] values = new float[(int) network.numParams()];
    int offset = 0;
    for (LayerPlan plan : plans) {
      RandomStream random = RandomStream.of(seed, "weights/" + plan.name());
      int in = plan.input().size();
      int out = plan.output().size();
      boolean rectifier =
          plan.activation() != Activation.IDENTITY
              && plan.activation() != Activation.TANH
              && plan.activation() != Activation.SIGMOID;
      double stddev = Math.sqrt(rectifier ? 2.0 / in : 2.0 / (in + out));
      for (int i = 0; i < in * out; i++) {
        values[offset + i] = (float) (stddev * random.nextGaussian());
      }
      offset += (int) plan.parameters();
    }
    setParameters(values);
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
    network.clear();
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
        INDArray code = run(encoder, in);
        INDArray logits = run(decoder.subList(0, decoder.size() - 1), code);
        INDArray gradient = logits.ulike()) {
      return ReconstructionLoss.compute(loss, logits, wanted, gradient);
    }
  }

  /**
   * Turns samples into codes.
   *
   * @param samples {@code n} samples side by side, {@code [n, channels, height, width]}
   * @param n how many
   * @return {@code n} codes side by side
   */
  public float[] encode(float[] samples, int n) {
    return apply(encoder, samples, n, architecture.input());
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

  private static float[] apply(
      List<InferenceLayer> layers, float[] values, int n, ImageShape shape) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray in = array(values, n, shape);
        INDArray out = run(layers, in)) {
      float[] result = new float[(int) out.length()];
      Buffers.read(out, result, 0);
      return result;
    }
  }

  private static INDArray array(float[] values, int n, ImageShape shape) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, arrayShape(shape, n), 'c');
    Buffers.write(values, array);
    return array;
  }

  /** Vectors and the samples of dense networks are rows. */
  private static long[] arrayShape(ImageShape shape, int n) {
    return new long[] {n, shape.size()};
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
