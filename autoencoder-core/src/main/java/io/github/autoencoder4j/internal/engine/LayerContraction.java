package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.compute.EncoderJacobian;
import io.github.autoencoder4j.latent.Contractive;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.network.Network;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Has the layers of Deeplearning4j measure how much codes depend on samples, during one step, if a
 * {@link Contractive} stage is among them.
 */
final class LayerContraction {

  private static final double[] NONE = {};

  private final long seed;
  private final Network table;
  private final MultiLayerNetwork network;
  private final List<InferenceLayer> encoder;
  private final Optional<LatentLayer> stage;

  LayerContraction(
      long seed,
      Network table,
      MultiLayerNetwork network,
      List<InferenceLayer> encoder,
      List<LatentLayer> stages) {
    this.seed = seed;
    this.table = table;
    this.network = network;
    this.encoder = encoder;
    this.stage = stages.stream().filter(LatentLayer::contracts).findFirst();
  }

  /** The samples, then all of them moved a small step. */
  INDArray twice(INDArray samples) {
    double[] moved = Buffers.doubles(samples);
    int width = table.input().size();
    int size = table.sample().size();
    for (int first = 0; first < moved.length; first += width) {
      float[] step =
          EncoderJacobian.step(
              seed, Mode.TRAINING, network.getIterationCount(), first / width, size);
      for (int i = 0; i < size; i++) {
        moved[first + i] += step[i];
      }
    }
    INDArray others = samples.ulike();
    Buffers.write(moved, others);
    return Nd4j.concat(0, samples, others);
  }

  /** Says what the next step is. */
  void begin() {
    setViews(table.views());
    if (table.isContractionExact()) {
      stage.ifPresent(layer -> layer.setWeights(Buffers.doubles(weights(network.params()))));
    }
  }

  /** Adds the gradient of the rows of the one layer of the encoder, {@code 2 g_j W_j}. */
  void addGradient() {
    if (table.isContractionExact()) {
      double[] pulls = stage.orElseThrow().rowNormGradients();
      INDArray factors = Nd4j.createFromArray(pulls).muli(2).castTo(network.params().dataType());
      counted(weights(network.getGradientsViewArray()))
          .addi(counted(weights(network.params())).mulColumnVector(factors.reshape(-1, 1)));
    }
  }

  /** Those who were handed the network train it as they like. */
  void end() {
    setViews(1);
    stage.ifPresent(layer -> layer.setWeights(NONE));
  }

  private void setViews(int count) {
    stage.ifPresent(layer -> layer.setViews(count));
    for (InferenceLayer layer : encoder) {
      if (layer instanceof DenseLayer dense) {
        dense.setViews(count);
      }
    }
  }

  /** The weights of the first layer among all parameters, or their gradients. */
  private INDArray weights(INDArray all) {
    return Buffers.part(all, table.parameters(table.encoder()).get(0))
        .reshape('c', table.encoder().get(0).output().size(), table.input().size());
  }

  /** Without those of conditions. */
  private INDArray counted(INDArray weights) {
    return weights.get(NDArrayIndex.all(), NDArrayIndex.interval(0, table.sample().size()));
  }
}
