package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Pictures that {@link PackedImages} packed, which every machine reads where they lie: each task
 * reads its own part of the shards, at random, and nothing is held in memory or sent.
 *
 * <pre>{@code
 * PackedImages.pack(pictures, Path.of("/shared/dogs")).close(); // once, on one machine
 * PackedShards dogs = PackedShards.in(spark, "/shared/dogs");
 * AutoencoderModel model = estimator.setWorkers(8).fit(dogs);
 * Dataset<Row> codes = model.transform(dogs); // the columns index, label and code
 * }</pre>
 *
 * <p>The folder has to be there under the same path for the driver and all executors: on a file
 * system that all mount, or as copies. Every picture is checked against its checksum when it is
 * read. Immutable.
 */
public final class PackedShards {

  /** As much as a shard has. */
  private static final long PART_BYTES = 64L << 20;

  /** A multiple of all batches that an autoencoder makes of many samples. */
  private static final int BLOCK = 256;

  private final SparkSession session;
  private final String folder;
  private final String opening = UUID.randomUUID().toString();
  private final ImageShape shape;
  private final int size;

  private PackedShards(SparkSession session, String folder) {
    this.session = session;
    this.folder = folder;
    try (PackedImages pictures = PackedImages.open(Path.of(folder))) {
      this.shape = pictures.shape();
      this.size = pictures.size();
    }
  }

  /**
   * Looks into a folder of packed pictures.
   *
   * @param session whose executors are to read them
   * @param folder where they were packed to; a path, or an address that begins with {@code file:}
   * @return the pictures
   * @throws IllegalArgumentException if the folder is an address of another file system
   * @throws UnusableDataException if there is no such folder, it holds no finished packed pictures,
   *     or its index is damaged
   */
  public static PackedShards in(SparkSession session, String folder) {
    SparkVersion.require(session.version());
    return new PackedShards(session, local(folder));
  }

  private static String local(String folder) {
    if (!folder.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return Path.of(folder).toAbsolutePath().toString();
    }
    if (!folder.startsWith("file:")) {
      throw new IllegalArgumentException(
          "packed shards are read as files, but %s is on another file system; mount that on all machines and give the path, or copy the folder to each of them"
              .formatted(folder));
    }
    return Path.of(URI.create(folder).getPath()).toString();
  }

  /**
   * Returns how many pictures there are.
   *
   * @return at least 1
   */
  public int size() {
    return size;
  }

  /**
   * Returns the shape of the pictures.
   *
   * @return the shape of each
   */
  public ImageShape shape() {
    return shape;
  }

  /** They are not scaled. */
  void requireShape(ImageShape wanted) {
    if (!shape.equals(wanted)) {
      throw new IllegalArgumentException(
          "the autoencoder takes %s, but the packed pictures are %s; pack them in that shape, or train another one on them"
              .formatted(wanted, shape));
    }
  }

  SparkSession session() {
    return session;
  }

  String folder() {
    return folder;
  }

  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  /**
   * Parts about as large as a shard, as many for each core, to be encoded or judged. All but the
   * last have a multiple of {@link #BLOCK} pictures, where there are enough: an odd rest would need
   * a program of its own, whose making costs more than some hundred pictures.
   */
  JavaRDD<PackedPart> parts() {
    int cores = context().defaultParallelism();
    long shards = ((long) size * shape.size() + PART_BYTES - 1) / PART_BYTES;
    int count = (int) Math.min(size, (shards + cores - 1) / cores * cores);
    int block = size / count >= BLOCK ? BLOCK : 1;
    int blocks = (size + block - 1) / block;
    return parts(count, part -> (int) Math.min(size, (long) block * share(blocks, part, count)));
  }

  /** So many parts, each a partition; they differ in length by one picture at most. */
  JavaRDD<PackedPart> parts(int count) {
    return parts(count, part -> first(part, count));
  }

  private JavaRDD<PackedPart> parts(int count, IntUnaryOperator first) {
    List<PackedPart> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new PackedPart(folder, opening, i, first.applyAsInt(i), first.applyAsInt(i + 1)));
    }
    return context().parallelize(parts, count);
  }

  /** The number of the first picture of a part, where there are so many parts. */
  int first(int part, int count) {
    return share(size, part, count);
  }

  private static int share(int all, int part, int count) {
    return (int) ((long) all * part / count);
  }

  /** The numbers of so many pictures from all over them, or of all if there are fewer. */
  int[] spread(int count) {
    int taken = Math.min(count, size);
    return IntStream.range(0, taken).map(i -> (int) ((long) i * size / taken)).toArray();
  }
}
