package io.github.autoencoder4j.internal.engine;

import static io.github.autoencoder4j.internal.engine.PlanInitializer.BIAS;
import static io.github.autoencoder4j.internal.engine.PlanInitializer.WEIGHT;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution or transposed convolution that computes each product once. */
final class ConvLayer extends NativeLayer {

  private static final long serialVersionUID = 1L;

  private final transient ConvLayerPlan plan;
  private final transient Convolution convolution;
  private final transient Nonlinearity nonlinearity;

  ConvLayer(NeuralNetConfiguration conf, DataType dataType, ConvLayerPlan plan) {
    super(conf, dataType);
    this.plan = plan;
    this.convolution = Convolution.of(plan);
    this.nonlinearity = Nonlinearity.of(plan.activation(), this::getParam, this::gradientView);
  }

  @Override
  long[] outputShape(INDArray in) {
    return Engine.imageShape(plan.output(), in.size(0));
  }

  @Override
  void inferInto(INDArray in, INDArray out) {
    convolution.infer(in, getParam(WEIGHT), getParam(BIAS), out);
    nonlinearity.infer(out);
  }

  @Override
  void trainInto(INDArray out, LayerWorkspaceMgr workspaces) {
    convolution.forward(input, getParam(WEIGHT), getParam(BIAS), out);
    nonlinearity.train(out, workspaces);
  }

  @Override
  void backInto(INDArray delta, INDArray inputGradient, LayerWorkspaceMgr workspaces) {
    nonlinearity.back(delta, workspaces);
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
    nonlinearity.clear();
  }
}
