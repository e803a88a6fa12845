package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Dl4j;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.training.Training;
import java.util.EnumMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j's own layers, fed with a batch that lies ready in native memory. */
final class Dl4jPeer implements Peer {

  private record Loaded(MultiLayerNetwork network, INDArray batch) {}

  private final BenchData data;
  private final Map<ReferenceNetwork, Loaded> loaded = new EnumMap<>(ReferenceNetwork.class);

  Dl4jPeer(BenchData data) {
    this.data = data;
  }

  @Override
  public Work run(Job job, double seconds) {
    ReferenceNetwork reference = job.network();
    Loaded it = loaded.computeIfAbsent(reference, this::load);
    boolean train = job.activity() == Job.Activity.TRAIN;
    return Work.repeat(
        seconds,
        () -> {
          if (train) {
            it.network.fit(it.batch, it.batch);
          } else {
            it.network.output(it.batch);
          }
          return reference.batch();
        });
  }

  private Loaded load(ReferenceNetwork reference) {
    int n = reference.batch();
    ImageSource images = reference.images(data).slice(0, n);
    // One step of ours gives the weights and the optimiser to copy.
    Autoencoder ours = reference.autoencoder();
    ours.fit(images, Training.epochs(1).batchSize(n));
    INDArray batch = Nd4j.createFromArray(images.toArrays());
    ImageShape shape = images.shape();
    if (reference == ReferenceNetwork.CONV) {
      batch = batch.reshape(n, shape.channels(), shape.height(), shape.width());
    }
    return new Loaded(Dl4j.stock(ours), batch);
  }
}
