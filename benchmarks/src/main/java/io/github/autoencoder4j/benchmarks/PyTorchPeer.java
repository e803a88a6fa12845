package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * PyTorch through DJL. Its data lie ready in native memory, in an order drawn once, and its outputs
 * stay there: it is spared what ours is charged with.
 */
final class PyTorchPeer implements Peer {

  /** That of our builders, by which they draw the order of the samples. */
  private static final long SEED = 1;

  private final BenchData data;
  private final Map<ReferenceNetwork, PyTorchNetwork> networks =
      new EnumMap<>(ReferenceNetwork.class);

  PyTorchPeer(BenchData data) {
    this.data = data;
  }

  @Override
  public Work run(Job job, double seconds) throws IOException {
    ReferenceNetwork reference = job.network();
    PyTorchNetwork network = networks.get(reference);
    if (network == null) {
      network = new PyTorchNetwork(reference, reference.images(data));
      networks.put(reference, network);
    }
    PyTorchNetwork it = network;
    return Work.repeat(
        seconds,
        () -> {
          switch (job.activity()) {
            case TRAIN -> it.train(true);
            case BACKWARD -> it.train(false);
            case INFER -> it.infer(reference.batch());
            case SINGLE -> it.infer(1);
            default -> throw new IllegalArgumentException("PyTorch does not do " + job.key());
          }
          return job.activity() == Job.Activity.SINGLE ? 1 : reference.batch();
        });
  }

  @Override
  public double[] learn(ReferenceNetwork reference, int steps, Path start) throws IOException {
    ImageSource images = reference.images(data);
    double[] losses = new double[steps];
    int batch = reference.batch();
    int batches = images.size() / batch;
    try (PyTorchNetwork network = new PyTorchNetwork(reference, images.slice(0, batch))) {
      network.setWeights(StartWeights.read(start));
      int[] order = {};
      for (int step = 0; step < steps; step++) {
        int from = step % batches * batch;
        if (from == 0) {
          // As our training draws it for each epoch.
          order = RandomStream.of(SEED, "shuffle", step / batches).permutation(images.size());
        }
        int[] chosen = Arrays.copyOfRange(order, from, from + batch);
        losses[step] = network.train(images.select(chosen));
      }
    }
    return losses;
  }

  @Override
  public void close() {
    networks.values().forEach(PyTorchNetwork::close);
  }
}
