package io.github.autoencoder4j.internal.engine;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A latent stage as a layer of Deeplearning4j. */
final class LatentLayer extends NativeLayer {

  private static final long serialVersionUID = 1L;

  private final transient StageFunction function;

  LatentLayer(NeuralNetConfiguration conf, DataType dataType, StageFunction function) {
    super(conf, dataType);
    this.function = function;
  }

  StageFunction function() {
    return function;
  }

  @Override
  long[] outputShape(INDArray in) {
    return in.shape();
  }

  @Override
  void inferInto(INDArray in, INDArray out) {
    double[] codes = Buffers.doubles(in);
    function.infer(codes, (int) in.size(0), 0);
    Buffers.write(codes, out);
  }

  @Override
  void trainInto(INDArray out, LayerWorkspaceMgr workspaces) {
    double[] codes = Buffers.doubles(input);
    function.train(codes, (int) input.size(0), 0, getIterationCount());
    Buffers.write(codes, out);
  }

  @Override
  void backInto(INDArray delta, INDArray inputGradient, LayerWorkspaceMgr workspaces) {
    double[] gradient = Buffers.doubles(delta);
    function.back(Buffers.doubles(input), gradient, (int) input.size(0));
    Buffers.write(gradient, inputGradient);
  }
}
