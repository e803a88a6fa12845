package io.github.autoencoder4j.benchmarks.jmh;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Packing images, and putting random batches of 64 together from where they lie. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DataBenchmark {

  private static final int BATCH = 64;
  private static final int IMAGES = 512;

  private final ImageSource digits = Mnist.test();
  private final ImageSource rows =
      ImageSource.of(Dogs.synthetic(1, 1).shape(), Dogs.synthetic(IMAGES, 1).toArrays());
  private final int[] order = RandomStream.of(1, "order").permutation(IMAGES);
  private final float[] batch = new float[BATCH * rows.shape().size()];
  private @Nullable Path folder;
  private @Nullable PackedImages packed;
  private int next;
  private int packs;

  /** Packs what is read later. */
  @Setup(Level.Trial)
  public void pack() throws IOException {
    Path created = Files.createTempDirectory("bench-jmh");
    folder = created;
    packed = PackedImages.pack(Dogs.synthetic(IMAGES, 1), created.resolve("read"));
  }

  /** Leaves nothing behind. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    if (packed != null) {
      packed.close();
    }
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      }
    }
  }

  /** 64 digits from bytes in memory. */
  @Benchmark
  public float[] batchOfDigits() {
    return assemble(digits);
  }

  /** 64 pictures in colour from floats in memory. */
  @Benchmark
  public float[] batchOfRows() {
    return assemble(rows);
  }

  /** 64 pictures in colour from a packed file. */
  @Benchmark
  public float[] batchOfPacked() {
    return assemble(Objects.requireNonNull(packed));
  }

  private float[] assemble(ImageSource source) {
    int length = source.shape().size();
    for (int i = 0; i < BATCH; i++) {
      source.read(order[next], batch, i * length);
      next = (next + 1) % IMAGES;
    }
    return batch;
  }

  /** Draws and packs 64 pictures, on disk in the end. */
  @Benchmark
  public int packBatch() {
    Path target = Objects.requireNonNull(folder).resolve("pack-" + packs++);
    try (PackedImages images = PackedImages.pack(Dogs.synthetic(BATCH, 1), target)) {
      return images.size();
    }
  }
}
