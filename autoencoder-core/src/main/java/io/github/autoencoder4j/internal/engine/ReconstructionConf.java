package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.network.OutputPlan;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.output.OutputKernel.Link;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The configuration of a {@link ReconstructionLayer}, as Deeplearning4j wants it. */
final class ReconstructionConf extends LossLayer {

  private static final long serialVersionUID = 1L;

  private final transient Output output;
  private final transient PlanInitializer initializer;

  ReconstructionConf(OutputPlan place) {
    this.output = place.reading();
    this.initializer = new PlanInitializer(place.learned());
    setLayerName("reconstruction");
    setActivationFn(
        output.kernel().link() == Link.SIGMOID
            ? new ActivationSigmoid()
            : new ActivationIdentity());
    // Ours computes the loss itself; Deeplearning4j insists on an object that names one.
    setLossFn(StockLoss.of(output).orElse(StockLoss.SQUARES).named());
  }

  Output output() {
    return output;
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
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return initializer;
  }

  /** Theirs has no parameters, and refuses to be asked. */
  @Override
  public boolean isPretrainParam(String name) {
    return false;
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    return inputType;
  }
}
