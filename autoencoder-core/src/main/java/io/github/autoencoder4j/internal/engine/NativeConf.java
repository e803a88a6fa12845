package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.StagePlan;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The configuration of a layer of this library, as Deeplearning4j wants it. */
final class NativeConf extends FeedForwardLayer {

  private static final long serialVersionUID = 1L;

  private final transient ImageShape output;
  private final transient PlanInitializer initializer;
  private final transient Factory factory;
  private final boolean flat;

  /** Makes the layer. */
  @FunctionalInterface
  private interface Factory {
    BaseLayer<NativeConf> create(NeuralNetConfiguration conf, DataType dataType);
  }

  private NativeConf(Node node, IActivation activation, Factory factory) {
    this.output = node.output();
    this.initializer = new PlanInitializer(node.learned());
    this.factory = factory;
    this.flat = node.isFlat();
    setLayerName(node.name());
    setNIn(flat ? node.input().size() : node.input().channels());
    setNOut(flat ? output.size() : output.channels());
    setActivationFn(activation);
  }

  /**
   * Of a layer.
   *
   * @param seed chooses what dropout drops
   */
  static NativeConf of(LayerPlan plan, long seed) {
    return plan.match(
        new LayerPlan.Cases<>() {

          @Override
          public NativeConf dense(DenseLayerPlan layer) {
            return of(layer, (conf, dataType) -> new DenseLayer(conf, dataType, layer, seed));
          }

          @Override
          public NativeConf convolution(ConvLayerPlan layer) {
            return of(layer, (conf, dataType) -> new ConvLayer(conf, dataType, layer));
          }

          @Override
          public NativeConf residual(ResidualBlockPlan layer) {
            return of(layer, (conf, dataType) -> new ResidualLayer(conf, dataType, layer));
          }

          @Override
          public NativeConf rearrangement(RearrangementPlan layer) {
            return of(layer, (conf, dataType) -> new RearrangementLayer(conf, dataType, layer));
          }

          private NativeConf of(LayerPlan layer, Factory factory) {
            return new NativeConf(layer, NativeActivation.of(layer.activation()), factory);
          }
        });
  }

  /**
   * Between encoder and decoder.
   *
   * @param table the network that it is a stage of
   * @param seed chooses what is drawn at random
   */
  static NativeConf of(StagePlan place, Network table, long seed) {
    return new NativeConf(
        place,
        new ActivationIdentity(),
        (conf, dataType) -> new LatentLayer(conf, dataType, place, table, seed));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    BaseLayer<NativeConf> layer = factory.create(conf, dataType);
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
    return flat
        ? super.getOutputType(index, inputType)
        : InputType.convolutional(output.height(), output.width(), output.channels());
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
