package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.DenseLayerPlan;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The configuration of a {@link DenseLayer}, as Deeplearning4j wants it. */
final class DenseConf extends FeedForwardLayer {

  private static final long serialVersionUID = 1L;

  private final transient DenseLayerPlan plan;
  private final transient PlanInitializer initializer;
  private final long seed;

  DenseConf(DenseLayerPlan plan, long seed) {
    this.plan = plan;
    this.initializer = new PlanInitializer(plan.learned());
    this.seed = seed;
    setLayerName(plan.name());
    setNIn(plan.input().size());
    setNOut(plan.output().size());
    setActivationFn(NativeActivation.of(plan.activation()));
  }

  long seed() {
    return seed;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    DenseLayer layer = new DenseLayer(conf, dataType, plan);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer.init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return initializer;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType output = getOutputType(-1, inputType);
    return new LayerMemoryReport.Builder(getLayerName(), DenseConf.class, inputType, output)
        .standardMemory(initializer.numParams(this), 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
