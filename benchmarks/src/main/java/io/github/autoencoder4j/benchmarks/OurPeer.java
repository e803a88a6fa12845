package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** This library, through its public door. */
final class OurPeer implements Peer {

  private final BenchData data;
  private final Map<ReferenceNetwork, ImageSource> images = new EnumMap<>(ReferenceNetwork.class);
  private final Map<Job, Autoencoder> autoencoders = new EnumMap<>(Job.class);
  private final Map<Job, Integer> positions = new EnumMap<>(Job.class);
  private @Nullable PackedFolder packed;

  OurPeer(BenchData data) {
    this.data = data;
  }

  @Override
  public Work run(Job job, double seconds) throws IOException {
    ReferenceNetwork network = job.network();
    return switch (job.activity()) {
      case TRAIN -> train(job, images(network), seconds);
      case INFER -> infer(job, network.batch(), seconds);
      case SINGLE -> infer(job, 1, seconds);
      case PACKED_TRAIN -> train(job, packed(), seconds);
      case PACKED_READ -> readRandomBatches(packed(), network.batch(), seconds);
      default -> throw new IllegalArgumentException("ours does not do " + job.key());
    };
  }

  private Work train(Job job, ImageSource images, double seconds) {
    ReferenceNetwork network = job.network();
    return SampleClock.train(
        autoencoders.computeIfAbsent(job, key -> network.autoencoder()),
        images,
        network.batch(),
        seconds);
  }

  private ImageSource images(ReferenceNetwork network) {
    return images.computeIfAbsent(network, key -> key.images(data));
  }

  private PackedImages packed() throws IOException {
    PackedFolder folder = packed;
    if (folder == null) {
      folder = PackedFolder.of(data.labeledDogs());
      packed = folder;
    }
    return folder.images();
  }

  private Work infer(Job job, int batch, double seconds) {
    ReferenceNetwork network = job.network();
    ImageSource all = images(network);
    Autoencoder autoencoder =
        autoencoders.computeIfAbsent(job, key -> network.untrained(images(network)));
    return Work.repeat(
        seconds,
        () -> {
          int from = positions.merge(job, batch, Integer::sum) % all.size();
          return autoencoder.decode(autoencoder.encode(all.slice(from, from + batch))).length;
        });
  }

  static Work readRandomBatches(ImageSource source, int batch, double seconds) {
    int[] order = RandomStream.of(1, "order").permutation(source.size());
    int length = source.shape().size();
    float[] values = new float[batch * length];
    int[] next = {0};
    return Work.repeat(
        seconds,
        () -> {
          for (int i = 0; i < batch; i++) {
            source.read(order[next[0]], values, i * length);
            next[0] = (next[0] + 1) % order.length;
          }
          return batch;
        });
  }

  @Override
  public double[] learn(ReferenceNetwork network, int steps, Path start) throws IOException {
    ImageSource source = images(network);
    Autoencoder untrained = network.untrained(source);
    StartWeights.write(start, untrained.parameters());
    Autoencoder autoencoder = network.autoencoder();
    autoencoder.copyWeightsFrom(untrained);
    List<Double> losses = new ArrayList<>();
    autoencoder.fit(
        source,
        Training.epochs(1_000_000)
            .batchSize(network.batch())
            .listener(
                new TrainingListener() {
                  @Override
                  public void onBatchEnd(BatchEnd event) {
                    losses.add(event.loss());
                  }
                })
            .cancelWhen(() -> losses.size() >= steps));
    return losses.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public void close() {
    PackedFolder folder = packed;
    packed = null;
    if (folder != null) {
      folder.close();
    }
  }
}
