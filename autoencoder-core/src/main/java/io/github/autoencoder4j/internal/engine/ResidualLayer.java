package io.github.autoencoder4j.internal.engine;

import static io.github.autoencoder4j.internal.engine.PlanInitializer.BIAS;
import static io.github.autoencoder4j.internal.engine.PlanInitializer.SECOND_BIAS;
import static io.github.autoencoder4j.internal.engine.PlanInitializer.SECOND_WEIGHT;
import static io.github.autoencoder4j.internal.engine.PlanInitializer.WEIGHT;

import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Two convolutions around a shortcut: {@code x + W2 * f(W1 * x + b1) + b2}. */
final class ResidualLayer extends NativeLayer {

  private static final long serialVersionUID = 1L;

  private final transient ResidualBlockPlan plan;
  private final transient Convolution convolution;
  private final transient Nonlinearity nonlinearity;

  private transient @Nullable INDArray hidden;

  ResidualLayer(NeuralNetConfiguration conf, DataType dataType, ResidualBlockPlan plan) {
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
    try (INDArray inner = in.ulike()) {
      convolution.infer(in, getParam(WEIGHT), getParam(BIAS), inner);
      nonlinearity.infer(inner);
      convolution.infer(inner, getParam(SECOND_WEIGHT), getParam(SECOND_BIAS), out);
    }
    out.addi(in);
  }

  @Override
  void trainInto(INDArray out, LayerWorkspaceMgr workspaces) {
    INDArray inner = activation(workspaces, input.shape());
    convolution.forward(input, getParam(WEIGHT), getParam(BIAS), inner);
    nonlinearity.train(inner, workspaces);
    hidden = inner;
    convolution.forward(inner, getParam(SECOND_WEIGHT), getParam(SECOND_BIAS), out);
    out.addi(input);
  }

  @Override
  void backInto(INDArray delta, INDArray inputGradient, LayerWorkspaceMgr workspaces) {
    INDArray inner = scratch(workspaces, input.shape());
    convolution.backward(
        Nonlinearity.requireKept(hidden),
        getParam(SECOND_WEIGHT),
        getParam(SECOND_BIAS),
        delta,
        inner,
        gradientView(SECOND_WEIGHT),
        gradientView(SECOND_BIAS));
    hidden = null;
    nonlinearity.back(inner, workspaces);
    convolution.backward(
        input,
        getParam(WEIGHT),
        getParam(BIAS),
        inner,
        inputGradient,
        gradientView(WEIGHT),
        gradientView(BIAS));
    inputGradient.addi(delta);
  }

  @Override
  public void clear() {
    super.clear();
    hidden = null;
    nonlinearity.clear();
  }
}
