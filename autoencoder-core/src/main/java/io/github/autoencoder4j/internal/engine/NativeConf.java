package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.network.StagePlan;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The configuration of a {@link NativeLayer}, as Deeplearning4j wants it. */
final class NativeConf extends FeedForwardLayer {

  private static final long serialVersionUID = 1L;

  private final transient ImageShape output;
  private final transient PlanInitializer initializer;
  private final transient Factory factory;

  /** Makes the layer. */
  @FunctionalInterface
  private interface Factory {
    NativeLayer create(NeuralNetConfiguration conf, DataType dataType);
  }

  private NativeConf(
      String name,
      ImageShape input,
      ImageShape output,
      IActivation activation,
      List<ParameterSpec> parameters,
      Factory factory) {
    this.output = output;
    this.initializer = new PlanInitializer(parameters);
    this.factory = factory;
    setLayerName(name);
    setNIn(input.channels());
    setNOut(output.channels());
    setActivationFn(activation);
  }

  /**
   * Of a layer.
   *
   * @param seed chooses what dropout drops
   */
  static FeedForwardLayer of(LayerPlan plan, long seed) {
    return plan.match(
        new LayerPlan.Cases<>() {

          @Override
          public FeedForwardLayer dense(DenseLayerPlan layer) {
            return new DenseConf(layer, seed);
          }

          @Override
          public FeedForwardLayer convolution(ConvLayerPlan layer) {
            return of(layer, (conf, dataType) -> new ConvLayer(conf, dataType, layer));
          }

          @Override
          public FeedForwardLayer residual(ResidualBlockPlan layer) {
            return of(layer, (conf, dataType) -> new ResidualLayer(conf, dataType, layer));
          }

          @Override
          public FeedForwardLayer rearrangement(RearrangementPlan layer) {
            return of(layer, (conf, dataType) -> new RearrangementLayer(conf, dataType, layer));
          }

          private FeedForwardLayer of(LayerPlan layer, Factory factory) {
            return new NativeConf(
                layer.name(),
                layer.input(),
                layer.output(),
                NativeActivation.of(layer.activation()),
                layer.learned(),
                factory);
          }
        });
  }

  /**
   * Between encoder and decoder.
   *
   * @param sample the shape of what the network reconstructs
   * @param seed chooses what is drawn at random
   */
  static NativeConf of(StagePlan place, ImageShape sample, long seed) {
    return new NativeConf(
        place.name(),
        place.input(),
        place.output(),
        new ActivationIdentity(),
        place.learned(),
        (conf, dataType) -> new LatentLayer(conf, dataType, place, sample, seed));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    NativeLayer layer = factory.create(conf, dataType);
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
  public InputType getOutputType(int index, InputType inputType) {
    return InputType.convolutional(output.height(), output.width(), output.channels());
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType outputType = getOutputType(-1, inputType);
    return new LayerMemoryReport.Builder(getLayerName(), NativeConf.class, inputType, outputType)
        .standardMemory(initializer.numParams(this), 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
