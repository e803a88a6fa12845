package io.github.autoencoder4j.internal.engine;

import static io.github.autoencoder4j.internal.engine.PlanInitializer.BIAS;
import static io.github.autoencoder4j.internal.engine.PlanInitializer.WEIGHT;

import com.google.common.primitives.Floats;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A fully connected layer that computes each product once: it keeps its output for the backward
 * pass, where Deeplearning4j's layer computes the forward pass again, and lets the matrix product
 * write gradients where the optimiser reads them.
 *
 * <p>Activations are row-major {@code [n, size]} throughout; weights are column-major, as
 * Deeplearning4j lays them out. Both fit the matrix product without a copy, where other orders cost
 * up to ten times the product itself.
 */
final class DenseLayer extends BaseLayer<NativeConf> implements InferenceLayer {

  private static final long serialVersionUID = 1L;

  private final transient DenseLayerPlan plan;
  private final long seed;
  private final transient Nonlinearity nonlinearity;

  private transient @Nullable INDArray dropoutMask;

  /** As how many rows it is fed each sample, in blocks in which the same values are dropped. */
  private int views = 1;

  /**
   * Makes the layer.
   *
   * @param seed chooses what dropout drops
   */
  DenseLayer(NeuralNetConfiguration conf, DataType dataType, DenseLayerPlan plan, long seed) {
    super(conf, dataType);
    this.plan = plan;
    this.seed = seed;
    this.nonlinearity =
        Nonlinearity.of(plan.activation(), this::getParam, key -> gradientViews.get(key));
  }

  /** Says as how many rows it is fed each sample from now on. */
  void setViews(int count) {
    views = count;
  }

  @Override
  public INDArray infer(INDArray in) {
    INDArray weights = getParam(WEIGHT);
    INDArray out =
        Nd4j.createUninitialized(weights.dataType(), new long[] {in.size(0), weights.size(1)}, 'c');
    affine(in, out);
    nonlinearity.infer(out);
    return out;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray weights = getParam(WEIGHT);
    long[] shape = {input.size(0), weights.size(1)};
    INDArray out =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, weights.dataType(), shape, 'c');
    affine(input, out);
    dropoutMask = null;
    if (!training) {
      nonlinearity.infer(out);
      return out;
    }
    nonlinearity.train(out, workspaces);
    if (plan.dropout() > 0) {
      INDArray mask =
          workspaces.createUninitialized(ArrayType.ACTIVATIONS, out.dataType(), shape, 'c');
      int n = (int) mask.size(0) / views;
      float[] drawn = DropoutMask.draw(plan, seed, 0, n, getIterationCount());
      Buffers.write(views == 1 ? drawn : Floats.concat(drawn, drawn), mask);
      out.muli(mask);
      dropoutMask = mask;
    }
    return out;
  }

  /** {@code out = in W + b}. */
  private void affine(INDArray in, INDArray out) {
    // A row-major [n, size] array is a column-major [size, n] one: (in W)^T = W^T in^T.
    Nd4j.gemm(getParam(WEIGHT), in, out.transpose(), true, true, 1, 0);
    out.addiRowVector(getParam(BIAS));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray delta = epsilon;
    if (dropoutMask != null) {
      delta.muli(dropoutMask);
      dropoutMask = null;
    }
    nonlinearity.back(delta, workspaces);

    INDArray weightGradient = gradientViews.get(WEIGHT);
    INDArray biasGradient = gradientViews.get(BIAS);
    Nd4j.gemm(input, delta, weightGradient, true, false, 1, 0);
    delta.sum(biasGradient, 0);
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach(gradient::setGradientFor);

    if (getIndex() == 0) {
      // Nobody asks for the gradient of the data; Deeplearning4j allows null here.
      return new Pair<>(gradient, null);
    }
    INDArray weights = getParam(WEIGHT);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD,
            weights.dataType(),
            new long[] {delta.size(0), weights.size(0)},
            'c');
    Nd4j.gemm(weights, delta, inputGradient.transpose(), false, true, 1, 0);
    return new Pair<>(gradient, inputGradient);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clear() {
    super.clear();
    nonlinearity.clear();
    dropoutMask = null;
  }
}
