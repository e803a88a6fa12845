package io.github.autoencoder4j.internal.engine;

import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What layers share that turn one row-major array into another. */
abstract class NativeLayer extends BaseLayer<NativeConf> implements InferenceLayer {

  private static final long serialVersionUID = 1L;

  NativeLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /** Layers of ours give row-major arrays; those who are handed the network may give any. */
  @Override
  public final void setInput(INDArray in, LayerWorkspaceMgr workspaces) {
    super.setInput(
        Buffers.isRowMajor(in) ? in : workspaces.dup(ArrayType.INPUT, in, 'c'), workspaces);
  }

  /** The shape of the output for an input, {@code [n, ...]}. */
  abstract long[] outputShape(INDArray in);

  @Override
  public final INDArray infer(INDArray in) {
    INDArray out = Nd4j.createUninitialized(in.dataType(), outputShape(in), 'c');
    inferInto(in, out);
    return out;
  }

  abstract void inferInto(INDArray in, INDArray out);

  @Override
  public final INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray out = activation(workspaces, outputShape(input));
    if (training) {
      trainInto(out, workspaces);
    } else {
      inferInto(input, out);
    }
    return out;
  }

  /** Computes the output of {@link #input} and keeps what the backward pass needs. */
  abstract void trainInto(INDArray out, LayerWorkspaceMgr workspaces);

  /** A new array that lives until the backward pass is done. */
  final INDArray activation(LayerWorkspaceMgr workspaces, long[] shape) {
    return workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), shape, 'c');
  }

  /** A new array that lives as long as the backward pass through this layer. */
  final INDArray scratch(LayerWorkspaceMgr workspaces, long[] shape) {
    return workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, input.dataType(), shape, 'c');
  }

  @Override
  public final Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    backInto(epsilon, inputGradient, workspaces);
    Gradient gradient = new DefaultGradient();
    if (gradientViews != null) {
      gradientViews.forEach(gradient::setGradientFor);
    }
    return new Pair<>(gradient, inputGradient);
  }

  /**
   * Fills the gradient views and the gradient of the input.
   *
   * @param delta the gradient of the output; may be overwritten
   */
  abstract void backInto(INDArray delta, INDArray inputGradient, LayerWorkspaceMgr workspaces);

  /** Where the gradient of a parameter goes. */
  final INDArray gradientView(String key) {
    return Objects.requireNonNull(gradientViews.get(key), key);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
