package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/** A Deeplearning4j network of this library's layers. */
final class NativeNetwork {

  private NativeNetwork() {}

  /** Makes one whose weights are all zero. */
  static MultiLayerNetwork blank(Spec spec, Network table, DataType dataType) {
    Optimizer optimizer = spec.optimizer() == null ? Optimizer.noOp() : spec.optimizer();
    NeuralNetConfiguration.ListBuilder list = settings(spec.penalty(), optimizer, dataType).list();
    long seed = spec.seed();
    table.encoder().forEach(layer -> list.layer(NativeConf.of(layer, seed)));
    table.stages().forEach(place -> list.layer(NativeConf.of(place, table, seed)));
    table.decoder().forEach(layer -> list.layer(NativeConf.of(layer, seed)));
    list.layer(new ReconstructionConf(table.output()));
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    // Without parameters of ours it would draw some, and seed ND4J's generator by the clock.
    network.init(Nd4j.create(dataType, table.size()), false);
    Updaters.schedule(network, optimizer);
    return network;
  }

  /** What all layers of a network share, whether they are ours or Deeplearning4j's. */
  static NeuralNetConfiguration.Builder settings(
      Penalty penalty, Optimizer optimizer, DataType dataType) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(dataType)
            .updater(Updaters.of(optimizer))
            // Building seeds ND4J's generator, by the clock unless told otherwise. Its own next
            // number keeps a program reproducible that seeded it.
            .seed(Nd4j.getRandom().nextLong())
            // Our loss is a mean over the batch already.
            .miniBatch(false)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED);
    List<Regularization> penalties = new ArrayList<>();
    if (penalty.l1() > 0) {
      penalties.add(new L1Regularization(penalty.l1()));
    }
    if (penalty.l2() > 0) {
      // Theirs is 0.5 x sum(W^2), ours is lambda sum(W^2).
      penalties.add(new L2Regularization(2 * penalty.l2()));
    }
    return builder.regularization(penalties);
  }
}
