package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.internal.compute.NetworkNumbers;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.optimizer.Schedule;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The numbers of a network and how far they have been trained: parameters, their gradients and what
 * the optimiser remembers, each where Deeplearning4j keeps it.
 *
 * <p>Whoever changes them must be alone with the engine.
 */
public final class ParameterStore implements NetworkNumbers, AutoCloseable {

  private final Network table;
  private final MultiLayerNetwork network;
  private final ParameterUpdate optimizer;
  private final AtomicLong version = new AtomicLong();
  private volatile boolean handedOut;
  private int earlierSteps;
  private int earlierEpochs;

  ParameterStore(Spec spec, Network table, MultiLayerNetwork network) {
    this.table = table;
    this.network = network;
    this.optimizer = new ParameterUpdate(table, spec.penalty(), network);
  }

  /** The network whose numbers these are; somebody else may change them from now on. */
  MultiLayerNetwork handOut() {
    handedOut = true;
    return network;
  }

  /** What follows gradients. */
  ParameterUpdate optimizer() {
    return optimizer;
  }

  /** Says that parameters have changed. */
  void changed() {
    version.incrementAndGet();
  }

  INDArray parameterArray() {
    requireOpen();
    return network.params();
  }

  /** Memory that was freed must not be touched, and whoever was handed the network may free it. */
  void requireOpen() {
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
  @Override
  public long version() {
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
  @Override
  public FloatBuffer parameterMemory() {
    version.incrementAndGet();
    return Buffers.whole(parameterArray());
  }

  /**
   * Gives the gradient of the last batch where it lies, in the order of {@link
   * Network#parameters()}. What belongs to state has its sums there.
   *
   * @return the memory itself, not a copy; to be used after {@link Engine#gradient}
   */
  public FloatBuffer gradientMemory() {
    requireOpen();
    return Buffers.whole(network.getGradientsViewArray());
  }

  @Override
  public boolean hasOptimizer() {
    return true;
  }

  /**
   * What the optimiser remembers from step to step, where it lies.
   *
   * @return the memory itself, not a copy, to be used while this engine is in use; empty if it
   *     remembers nothing
   */
  @Override
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
  @Override
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
  @Override
  public void setEarlier(int steps, int epochs) {
    earlierSteps = steps;
    earlierEpochs = epochs;
  }

  /**
   * How many steps its weights have been trained, by this optimiser and before.
   *
   * @return at least {@link #iteration()}
   */
  @Override
  public int steps() {
    return (int) Math.min(Integer.MAX_VALUE, (long) earlierSteps + iteration());
  }

  /**
   * How many epochs its weights have been trained, by this optimiser and before.
   *
   * @return at least {@link #epoch()}
   */
  @Override
  public int epochs() {
    return (int) Math.min(Integer.MAX_VALUE, (long) earlierEpochs + epoch());
  }

  /**
   * How many steps the network has been trained.
   *
   * @return the number of optimiser steps
   */
  @Override
  public int iteration() {
    return network.getIterationCount();
  }

  /**
   * How many epochs the network has been trained.
   *
   * @return the number of finished epochs
   */
  @Override
  public int epoch() {
    return network.getEpochCount();
  }

  /** Tells the network that an epoch is over, for schedules that count epochs. */
  public void endEpoch() {
    network.incrementEpochCount();
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
   * Moves what no gradient moves, and leaves no gradient there.
   *
   * @param loss the mean loss of the batch's reconstructions
   */
  void updateState(double loss) {
    updateOutput(loss);
    for (StagePlan place : table.stages()) {
      List<Network.Entry> entries = table.parameters(place);
      if (entries.stream().anyMatch(entry -> entry.spec().kind() == Kind.STATE)) {
        List<double[]> arrays = read(entries);
        List<double[]> sums = entries.stream().map(entry -> new double[entry.length()]).toList();
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

  private void updateOutput(double loss) {
    List<Network.Entry> entries = table.parameters(table.output());
    if (!entries.isEmpty()) {
      List<double[]> arrays = read(entries);
      table.output().reading().updateState(arrays, loss);
      for (int i = 0; i < arrays.size(); i++) {
        Buffers.write(arrays.get(i), Buffers.part(network.params(), entries.get(i)));
      }
    }
  }

  /** Copies some of the parameters. */
  @Override
  public void read(List<Network.Entry> entries, List<double[]> arrays) {
    read(entries, network.params(), arrays);
  }

  private static void read(List<Network.Entry> entries, INDArray from, List<double[]> arrays) {
    for (int i = 0; i < entries.size(); i++) {
      double[] values = Buffers.doubles(Buffers.part(from, entries.get(i)));
      System.arraycopy(values, 0, arrays.get(i), 0, values.length);
    }
  }

  /** Frees the memory, unless the network was handed out, which keeps it until nobody holds it. */
  @Override
  public void close() {
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
}
