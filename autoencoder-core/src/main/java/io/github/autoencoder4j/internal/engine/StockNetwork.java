package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import java.util.List;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/**
 * The same network made of Deeplearning4j's own layers: for users who want to leave without this
 * library, and as the slow twin that tests compare the fast one with.
 *
 * <p>The parameters of both lie in the same order, so weights are copied as they are. Activations
 * that learn are layers of their own there.
 */
public final class StockNetwork {

  private StockNetwork() {}

  /**
   * Rebuilds a network of ours with stock layers.
   *
   * @param engine the network to copy
   * @return a new network with a copy of the weights
   * @throws UnsupportedOperationException if there are layers or latent stages that Deeplearning4j
   *     has nothing like
   */
  public static MultiLayerNetwork copyOf(Engine engine) {
    Spec original = engine.spec();
    if (!original.stages().isEmpty()) {
      throw new UnsupportedOperationException(
          "Deeplearning4j has no layers like the latent stages %s; use Dl4j.networkOf(...), whose layers are this library's"
              .formatted(original.stages().stream().map(LatentStage::describe).toList()));
    }
    StockLoss loss =
        StockLoss.of(original.output())
            .orElseThrow(
                () ->
                    new UnsupportedOperationException(
                        "Deeplearning4j has no loss like the output \"%s\"; use Dl4j.networkOf(...), whose layers are this library's"
                            .formatted(original.output().describe())));
    DataType dataType = engine.store().parameterArray().dataType();
    Optimizer optimizer = original.optimizer() == null ? Optimizer.noOp() : original.optimizer();
    NeuralNetConfiguration.ListBuilder list =
        NativeNetwork.settings(original.penalty(), optimizer, dataType)
            // Their losses are sums over the batch, divided by its size here.
            .miniBatch(true)
            .list();
    List<LayerPlan> plans = engine.table().layers();
    if (engine.table().isFlat()) {
      addDense(list, plans, loss, dataType);
    } else {
      addConvolutions(list, plans, loss, dataType);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init(engine.store().parameterArray(), true);
    Updaters.schedule(network, optimizer);
    return network;
  }

  private static void addConvolutions(
      NeuralNetConfiguration.ListBuilder list,
      List<LayerPlan> plans,
      StockLoss loss,
      DataType dataType) {
    for (LayerPlan plan : plans) {
      ConvLayerPlan conv = plan.match(new OnlyConvolutions());
      list.layer(
          (conv.transposed() ? new Deconvolution2D.Builder() : new ConvolutionLayer.Builder())
              .kernelSize(conv.kernelHeight(), conv.kernel())
              .stride(conv.strideHeight(), conv.stride())
              .padding(conv.paddingHeight(), conv.padding())
              .convolutionMode(ConvolutionMode.Truncate)
              .name(conv.name())
              .nIn(conv.input().channels())
              .nOut(conv.output().channels())
              .activation(NativeActivation.of(conv.activation()))
              .build());
      ImageShape out = conv.output();
      addLearnedActivation(list, plan, out.channels(), out.height(), out.width());
    }
    ImageShape image = plans.get(plans.size() - 1).output();
    list.layer(
        new CnnLossLayer.Builder(loss.ofImages(image, dataType))
            .activation(new ActivationSigmoid())
            .build());
  }

  /** Adds a layer for the activation if it has parameters, which follow those of its layer. */
  private static void addLearnedActivation(
      NeuralNetConfiguration.ListBuilder list, LayerPlan plan, long... shape) {
    switch (plan.activation()) {
      case PRELU ->
          list.layer(
              new PReLULayer.Builder()
                  .inputShape(shape)
                  .sharedAxes(LongStream.rangeClosed(2, shape.length).toArray())
                  .name(plan.name() + "-prelu")
                  // What is left out is taken from the network.
                  .regularization(List.of(new L1Regularization(0), new L2Regularization(0)))
                  .build());
      case GDN, INVERSE_GDN ->
          throw new UnsupportedOperationException(
              "Deeplearning4j has no layer like the activation %s of %s; use Dl4j.networkOf(...), whose layers are this library's, or choose another activation"
                  .formatted(plan.activation(), plan.name()));
      default -> {}
    }
  }

  /** Knows no other layers of images. */
  private static final class OnlyConvolutions implements LayerPlan.Cases<ConvLayerPlan> {

    @Override
    public ConvLayerPlan convolution(ConvLayerPlan plan) {
      return plan;
    }

    @Override
    public ConvLayerPlan dense(DenseLayerPlan plan) {
      throw unlike(plan);
    }

    @Override
    public ConvLayerPlan residual(ResidualBlockPlan plan) {
      throw unlike(plan);
    }

    @Override
    public ConvLayerPlan rearrangement(RearrangementPlan plan) {
      throw unlike(plan);
    }

    private static UnsupportedOperationException unlike(LayerPlan plan) {
      return new UnsupportedOperationException(
          ("Deeplearning4j has no layer like %s, a %s; only Resampling.STRIDED without residual"
                  + " blocks can be rebuilt. Use Dl4j.networkOf(...), whose layers are this library's")
              .formatted(plan.name(), plan.kind()));
    }
  }

  private static void addDense(
      NeuralNetConfiguration.ListBuilder list,
      List<LayerPlan> plans,
      StockLoss loss,
      DataType dataType) {
    for (int i = 0; i < plans.size() - 1; i++) {
      DenseLayerPlan plan = (DenseLayerPlan) plans.get(i);
      // Deeplearning4j drops the input of a layer where ours drops the output of the one before,
      // and is told how much to keep.
      double dropout = i == 0 ? 0 : ((DenseLayerPlan) plans.get(i - 1)).dropout();
      list.layer(
          new DenseLayer.Builder()
              .name(plan.name())
              .nIn(plan.input().size())
              .nOut(plan.output().size())
              .activation(NativeActivation.of(plan.activation()))
              .dropOut(dropout > 0 ? 1 - dropout : 0)
              .build());
      addLearnedActivation(list, plan, plan.output().size());
    }
    DenseLayerPlan last = (DenseLayerPlan) plans.get(plans.size() - 1);
    double dropout = ((DenseLayerPlan) plans.get(plans.size() - 2)).dropout();
    list.layer(
        new OutputLayer.Builder(loss.ofValues(last.output().size(), dataType))
            .name(last.name())
            .nIn(last.input().size())
            .nOut(last.output().size())
            .activation(new ActivationSigmoid())
            .dropOut(dropout > 0 ? 1 - dropout : 0)
            .build());
  }
}
