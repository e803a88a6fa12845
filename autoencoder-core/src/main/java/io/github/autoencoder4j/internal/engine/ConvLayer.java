package io.github.autoencoder4j.internal.engine;

import static io.github.autoencoder4j.internal.engine.ParameterPlan.BIAS;
import static io.github.autoencoder4j.internal.engine.ParameterPlan.WEIGHT;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution or transposed convolution that computes each product once. */
final class ConvLayer extends NativeLayer {

  private static final long serialVersionUID = 1L;

  private final transient ConvLayerPlan plan;
  private final transient Convolution convolution;

  /** The slope of the activation, or the output where the slope can be read off it. */
  private transient @Nullable INDArray kept;

  ConvLayer(NeuralNetConfiguration conf, DataType dataType, ConvLayerPlan plan) {
    super(conf, dataType);
    this.plan = plan;
    this.convolution = Convolution.of(plan);
  }

  @Override
  long[] outputShape(INDArray in) {
    return Engine.imageShape(plan.output(), in.size(0));
  }

  @Override
  void inferInto(INDArray in, INDArray out) {
    convolution.forward(in, getParam(WEIGHT), getParam(BIAS), out);
    NativeActivation.applyInPlace(plan.activation(), out);
  }

  @Override
  void trainInto(INDArray out, LayerWorkspaceMgr workspaces) {
    if (NativeActivation.needsSlope(plan.activation())) {
      convolution.forward(input, getParam(WEIGHT), getParam(BIAS), out);
      INDArray slope = activation(workspaces, out.shape());
      NativeActivation.applyInPlace(plan.activation(), out, slope);
      kept = slope;
    } else {
      inferInto(input, out);
      kept = out;
    }
  }

  @Override
  void backInto(INDArray delta, INDArray inputGradient, LayerWorkspaceMgr workspaces) {
    NativeActivation.backpropInPlace(plan.activation(), requireKept(kept), delta);
    kept = null;
    convolution.backward(
        input,
        getParam(WEIGHT),
        getParam(BIAS),
        delta,
        inputGradient,
        gradientView(WEIGHT),
        gradientView(BIAS));
  }

  @Override
  public void clear() {
    super.clear();
    kept = null;
  }
}
