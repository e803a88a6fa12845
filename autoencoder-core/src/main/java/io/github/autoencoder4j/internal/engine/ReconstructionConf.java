package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.loss.Loss;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The configuration of a {@link ReconstructionLayer}, as Deeplearning4j wants it. */
final class ReconstructionConf extends LossLayer {

  private static final long serialVersionUID = 1L;

  private final Loss loss;

  ReconstructionConf(Loss loss) {
    this.loss = loss;
    setLayerName("reconstruction");
    setActivationFn(new ActivationSigmoid());
    // Ours computes the loss itself; Deeplearning4j insists on an object that names it.
    setLossFn(stockLoss(loss));
  }

  Loss loss() {
    return loss;
  }

  static ILossFunction stockLoss(Loss loss) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> new LossBinaryXENT();
      case MEAN_SQUARED_ERROR -> new LossMSE();
    };
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    ReconstructionLayer layer = new ReconstructionLayer(conf, dataType);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    return inputType;
  }
}
