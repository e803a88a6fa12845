package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.datasets.PackedImages;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Packed pictures to train on, which workers read again and again where they lie. */
final class TrainingShards implements TrainingSamples {

  /** As many as alarms look at. */
  private static final int SPREAD = 1_024;

  private final JavaRDD<PackedPart> parts;
  private final Worker[] workers;
  private final PackedImages here;
  private final ImageSource spread;

  private TrainingShards(
      JavaRDD<PackedPart> parts, Worker[] workers, PackedImages here, int[] spread) {
    this.parts = parts;
    this.workers = workers;
    this.here = here;
    this.spread = here.select(spread);
  }

  /**
   * Has every worker look at the lists of its shards, so that what is missing is said before
   * training begins.
   *
   * @throws io.github.autoencoder4j.exception.UnusableDataException if a shard is missing or
   *     damaged on the machine of a worker; the message names it
   */
  static TrainingShards read(PackedShards shards, int workers) {
    int wanted = workers == 0 ? shards.context().defaultParallelism() : workers;
    JavaRDD<PackedPart> parts = shards.parts(Math.min(wanted, shards.size()));
    List<String> digests = SparkFailures.explained(() -> parts.map(PackedPart::digest).collect());
    Worker[] seen = new Worker[digests.size()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] =
          new Worker(
              i, shards.first(i + 1, seen.length) - shards.first(i, seen.length), digests.get(i));
    }
    return new TrainingShards(
        parts, seen, PackedImages.open(Path.of(shards.folder())), shards.spread(SPREAD));
  }

  @Override
  public JavaRDD<WorkerSamples> rdd() {
    return parts.map(part -> part);
  }

  @Override
  public Worker[] workers() {
    return workers.clone();
  }

  @Override
  public ImageSource spread() {
    return spread;
  }

  /** Bytes are in [0, 1], which every range allows. */
  @Override
  public void requireRange(ValueRange range) {}

  @Override
  public void close() {
    here.close();
  }
}
