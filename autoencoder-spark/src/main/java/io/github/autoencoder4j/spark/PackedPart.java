package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Neighbouring pictures of packed shards, which are read by whoever has this. No record, which the
 * Kryo of Spark does not know.
 */
final class PackedPart implements WorkerSamples {

  private static final long serialVersionUID = 1L;

  /** By the look into their folder. */
  private static final PerJvm<PackedImages> OPEN = new PerJvm<>();

  private final String folder;
  private final String opening;
  private final int partition;
  private final int from;
  private final int to;

  /**
   * Names pictures.
   *
   * @param opening tells one look into the folder from another, between which it may have changed
   */
  PackedPart(String folder, String opening, int partition, int from, int to) {
    this.folder = folder;
    this.opening = opening;
    this.partition = partition;
    this.from = from;
    this.to = to;
  }

  @Override
  public int partition() {
    return partition;
  }

  /** The number of its first picture among all. */
  int from() {
    return from;
  }

  int size() {
    return to - from;
  }

  @Override
  public String digest() {
    try {
      return pictures().digest(from, to);
    } catch (UnusableDataException e) {
      throw here(e);
    } catch (IndexOutOfBoundsException e) {
      throw new UnusableDataException(
          "%s has other pictures on the machine %s than for the driver; give all machines the same"
              .formatted(folder, host()),
          e);
    }
  }

  @Override
  public ImageSource samples() {
    return pictures().slice(from, to);
  }

  /** All of them, so many at a time. */
  Iterator<SampleBlock> blocks(int batch) {
    return IntStream.range(0, (size() + batch - 1) / batch)
        .map(i -> from + i * batch)
        .mapToObj(
            first -> new SampleBlock(first, pictures().slice(first, Math.min(to, first + batch))))
        .iterator();
  }

  /** All pictures of the folder. */
  PackedImages pictures() {
    try {
      return OPEN.get(opening, () -> PackedImages.open(Path.of(folder)));
    } catch (UnusableDataException e) {
      throw here(e);
    }
  }

  private static UnusableDataException here(UnusableDataException problem) {
    return new UnusableDataException(
        "on the machine %s: %s. Packed shards are read where they lie, so the folder has to be there under the same path on every machine"
            .formatted(host(), problem.getMessage()),
        problem);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "of this task";
    }
  }
}
