package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * The same network made of Deeplearning4j's own layers: for users who want to leave without this
 * library, and as the slow twin that tests compare the fast one with.
 *
 * <p>The parameters of both lie in the same order, so weights are copied as they are.
 */
public final class StockNetwork {

  private StockNetwork() {}

  /**
   * Rebuilds a network of ours with stock layers.
   *
   * @param engine the network to copy
   * @param loss what it is trained for
   * @param penalty what training adds for large weights
   * @return a new network with a copy of the weights
   */
  public static MultiLayerNetwork copyOf(Engine engine, Loss loss, Penalty penalty) {
    MultiLayerNetwork network = create(engine.architecture(), engine, loss, penalty);
    network.setParams(engine.network().params().dup());
    return network;
  }

  private static MultiLayerNetwork create(
      Architecture architecture, Engine engine, Loss loss, Penalty penalty) {
    DataType dataType = engine.network().params().dataType();
    NeuralNetConfiguration.ListBuilder list =
        Engine.settings(penalty, engine.optimizer().clone(), dataType)
            // Their losses are sums over the batch, divided by its size here.
            .miniBatch(true)
            .list();
    List<LayerPlan> plans = new ArrayList<>(architecture.encoder());
    plans.addAll(architecture.decoder());
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
    }
    DenseLayerPlan last = (DenseLayerPlan) plans.get(plans.size() - 1);
    double dropout = ((DenseLayerPlan) plans.get(plans.size() - 2)).dropout();
    list.layer(
        new OutputLayer.Builder(lossPerPixel(loss, last.output().size(), dataType))
            .name(last.name())
            .nIn(last.input().size())
            .nOut(last.output().size())
            .activation(new ActivationSigmoid())
            .dropOut(dropout > 0 ? 1 - dropout : 0)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  /** Their cross-entropy is a sum over outputs; weights of one over their number make it a mean. */
  private static ILossFunction lossPerPixel(Loss loss, int outputs, DataType dataType) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> {
        INDArray weights = Nd4j.valueArrayOf(new long[] {1, outputs}, 1.0 / outputs, dataType);
        yield new LossBinaryXENT(weights);
      }
      // Theirs is a mean over outputs already.
      case MEAN_SQUARED_ERROR -> new LossMSE();
    };
  }
}
