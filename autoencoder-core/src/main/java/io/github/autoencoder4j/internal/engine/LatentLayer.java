package io.github.autoencoder4j.internal.engine;

import com.google.common.primitives.Doubles;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.internal.compute.EncoderJacobian;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.latent.LatentKernel;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.StagePlan;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A latent stage as a layer of Deeplearning4j. */
final class LatentLayer extends NativeLayer {

  private static final long serialVersionUID = 1L;

  private final transient StagePlan place;
  private final transient LatentKernel kernel;
  private final transient Network table;
  private final long seed;

  /** How many codes are drawn for each sample, which are rows of what it yields. */
  private transient int draws = 1;

  /** As how many of its rows each row of its input comes. */
  private transient int times = 1;

  /** As how many rows it is fed each sample, if it compares codes: the samples, then moved ones. */
  private int views = 1;

  /** The weights of the one layer of the encoder, if it is to know how long their rows are. */
  private transient double[] weights = {};

  /** What is told of each row beside its code. */
  private transient double[] conditions = {};

  /** The last batch of training, as its forward pass left it. */
  private transient @Nullable LatentBatch batch;

  /**
   * Makes the layer.
   *
   * @param table the network that it is a layer of
   * @param seed chooses what is drawn at random
   */
  LatentLayer(
      NeuralNetConfiguration conf, DataType dataType, StagePlan place, Network table, long seed) {
    super(conf, dataType);
    this.place = place;
    this.kernel = place.stage().kernel(place.output());
    this.table = table;
    this.seed = seed;
  }

  /** What the last batch of training added to the terms of the objective, summed over samples. */
  DoubleStream terms() {
    return batch == null ? DoubleStream.empty() : DoubleStream.of(batch.terms());
  }

  /** The last batch of training, if several codes were drawn for each sample. */
  @Nullable LatentBatch drawn() {
    return place.stage().draws() > 1 ? batch : null;
  }

  /** Whether it compares the codes of samples with those of samples a small step away. */
  boolean contracts() {
    return place.stage().contracts();
  }

  /**
   * Says what samples are from now on.
   *
   * @param count how many codes are drawn for each
   * @param repeats as how many rows it is to see each row of its input; the first stage has those
   *     of a sample from one
   */
  void setDraws(int count, int repeats) {
    draws = count;
    times = repeats;
  }

  /** Says as how many rows it is fed each sample from now on. */
  void setViews(int count) {
    views = count;
  }

  /** Gives the weights of the one layer of the encoder for the next batch; empty for none. */
  void setWeights(double[] rows) {
    weights = rows;
  }

  /** The gradients of the squared norms of the encoder's rows, after the last backward pass. */
  double[] rowNormGradients() {
    return Objects.requireNonNull(batch).rowNormGradients();
  }

  /** Says what is told of each row of the next batch beside its code. */
  void setConditions(double[] told) {
    conditions = told;
  }

  @Override
  long[] outputShape(INDArray in) {
    return Engine.shape(place.output(), in.size(0) / views * times, in.rank() == 4);
  }

  private LatentBatch filled(INDArray in, Mode mode, int iteration, boolean training) {
    int n = Math.multiplyExact((int) in.size(0) / views, times);
    LatentBatch filled = place.batch(n, seed, training);
    filled.begin(mode, 0, iteration, (double) draws / ((double) n * table.sample().size()));
    double[] values = Buffers.doubles(in);
    int width = place.input().size();
    for (int row = 0; row < n; row++) {
      System.arraycopy(values, row / times * width, filled.input(), row * width, width);
    }
    // Who trains the network without us moves no samples, and contracts nothing.
    int moved = views > 1 ? filled.input().length : 0;
    System.arraycopy(values, moved, filled.moved(), 0, filled.moved().length);
    if (weights.length > 0) {
      EncoderJacobian.measure(table, weights, filled);
    }
    System.arraycopy(conditions, 0, filled.conditions(), 0, filled.conditions().length);
    List<ParameterSpec> learned = place.learned();
    for (int i = 0; i < learned.size(); i++) {
      double[] array = Buffers.doubles(parameters(learned.get(i)));
      System.arraycopy(array, 0, filled.arrays().get(i), 0, array.length);
    }
    return filled;
  }

  /** Row by row, whatever Deeplearning4j makes of matrices. */
  private INDArray parameters(ParameterSpec spec) {
    INDArray array = getParam(PlanInitializer.key(spec));
    return array.ordering() == 'f' ? array.transpose() : array;
  }

  @Override
  void inferInto(INDArray in, INDArray out) {
    LatentBatch codes = filled(in, Mode.RECONSTRUCTION, getIterationCount(), false);
    kernel.forward(codes);
    Buffers.write(codes.output(), out);
  }

  @Override
  void trainInto(INDArray out, LayerWorkspaceMgr workspaces) {
    LatentBatch codes = filled(input, Mode.TRAINING, getIterationCount(), true);
    batch = codes;
    kernel.forward(codes);
    Buffers.write(codes.output(), out);
  }

  @Override
  void backInto(INDArray delta, INDArray inputGradient, LayerWorkspaceMgr workspaces) {
    LatentBatch codes = batch;
    if (codes == null) {
      throw new IllegalStateException("there is no forward pass to go back through");
    }
    double[] gradient = Buffers.doubles(delta);
    System.arraycopy(gradient, 0, codes.outputGradient(), 0, gradient.length);
    kernel.backward(codes);
    double[] inputs = sums(codes.inputGradient());
    Buffers.write(
        views > 1 ? Doubles.concat(inputs, codes.movedGradient()) : inputs, inputGradient);
    List<ParameterSpec> learned = place.learned();
    for (int i = 0; i < learned.size(); i++) {
      INDArray view = gradientView(PlanInitializer.key(learned.get(i)));
      Buffers.write(codes.gradients().get(i), view.ordering() == 'f' ? view.transpose() : view);
    }
  }

  /** Those of the rows that come from one row of the input. */
  private double[] sums(double[] rows) {
    int width = place.input().size();
    double[] sums = new double[rows.length / times];
    for (int i = 0; i < rows.length; i++) {
      sums[i / width / times * width + i % width] += rows[i];
    }
    return sums;
  }

  @Override
  public void clear() {
    super.clear();
    batch = null;
  }
}
