package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.runtime.Decoder;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.runtime.Reconstructor;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast models are in plain Java, beside the native path of the same process. The best of
 * several turns counts, since others may use the machine.
 */
class PlainSpeedTest {

  @TempDir static Path folder;

  /** The networks, and how many samples go through each at a time. */
  private enum Kind {
    DENSE(512) {
      @Override
      Autoencoder trained() {
        return PlainSpeedTest.trained(
            Autoencoder.dense()
                .input(28, 28)
                .hidden(512, 256, 64)
                .bottleneck(2)
                .activation(Activation.RELU)
                .output(Output.bernoulli()),
            ImageShape.grey(28, 28));
      }
    },
    CONV(64) {
      @Override
      Autoencoder trained() {
        return PlainSpeedTest.trained(
            Autoencoder.conv()
                .input(64, 64, 3)
                .latent(8, 8, 16)
                .widths(32, 64)
                .kernel(4)
                .resampling(Resampling.STRIDED)
                .residualBlocks(0)
                .activation(Activation.RELU)
                .output(Output.sigmoidSquares()),
            new ImageShape(64, 64, 3));
      }
    };

    private final int batch;

    Kind(int batch) {
      this.batch = batch;
    }

    abstract Autoencoder trained();
  }

  private static Autoencoder trained(AutoencoderBuilder<?> builder, ImageShape shape) {
    Autoencoder autoencoder = builder.build();
    autoencoder.fit(samples(shape, 8), Training.epochs(1).batchSize(4));
    return autoencoder;
  }

  private static ImageSource samples(ImageShape shape, int n) {
    RandomStream random = RandomStream.of(5, "speed");
    float[][] rows = new float[n][shape.size()];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextFloat();
      }
    }
    return ImageSource.of(shape, rows);
  }

  private static Reconstructor plain(Autoencoder autoencoder, Path file) {
    autoencoder.save(file);
    return PlainModels.load(file);
  }

  private static Reconstructor digits(String name) {
    try (Autoencoder autoencoder = Kind.DENSE.trained()) {
      return plain(autoencoder, folder.resolve(name));
    }
  }

  /** Long enough for HotSpot to have compiled what it takes, beside all else that it compiles. */
  private static final double LEAST_NANOS = 3e9;

  /** Nanoseconds of the best turn. */
  private static double best(int turns, Runnable turn) {
    double best = Double.MAX_VALUE;
    long begin = System.nanoTime();
    for (int i = 0; i < turns || System.nanoTime() - begin < LEAST_NANOS; i++) {
      long start = System.nanoTime();
      turn.run();
      best = Math.min(best, (double) (System.nanoTime() - start));
    }
    return best;
  }

  /** How HotSpot compiles differs from JVM to JVM, so the best of a few counts. */
  private static double ratio(Kind kind, double wanted) throws IOException, InterruptedException {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 3 && best >= wanted; i++) {
      best = Math.min(best, ratio(kind));
    }
    return best;
  }

  /**
   * Measured in a JVM of its own. In one that has run other tests HotSpot has compiled the loops of
   * plain Java for all they met there, and they take nearly twice as long.
   */
  private static double ratio(Kind kind) throws IOException, InterruptedException {
    Path report = folder.resolve(kind + ".txt");
    Path said = folder.resolve(kind + ".log");
    Process child =
        ChildJvm.of(
                Ratio.class,
                List.of("-Xmx1g"),
                kind.name(),
                folder.resolve(kind + ".aemodel").toString(),
                report.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    int code = ChildJvm.ended(child, 3);
    assertThat(code).as(Files.readString(said)).isZero();
    double ratio = Double.parseDouble(Files.readString(report));
    System.out.printf(Locale.ROOT, "%s: plain / native = %.2f%n", kind, ratio);
    return ratio;
  }

  /** Writes how many times as long plain Java takes. */
  static final class Ratio {

    public static void main(String[] arguments) throws IOException {
      Kind kind = Kind.valueOf(arguments[0]);
      try (Autoencoder fast = kind.trained();
          Reconstructor plain = plain(fast, Path.of(arguments[1]))) {
        ImageSource samples = samples(plain.inputShape(), kind.batch);
        double slow = best(12, () -> plain.decoder().decode(plain.encoder().encode(samples)));
        double quick = best(12, () -> fast.decode(fast.encode(samples)));
        Files.writeString(Path.of(arguments[2]), Double.toString(slow / quick));
      }
    }
  }

  @Test
  void oneDigitTakesLessThanAMillisecond() {
    try (Reconstructor plain = digits("digit.aemodel")) {
      Encoder encoder = plain.encoder();
      Decoder decoder = plain.decoder();
      float[] sample = samples(encoder.inputShape(), 1).get(0);
      float[] code = new float[encoder.latentShape().size()];
      float[] output = new float[sample.length];

      double nanoseconds =
          best(
              3_000,
              () -> {
                encoder.encode(sample, code);
                decoder.decode(code, output);
              });

      System.out.printf(Locale.ROOT, "a digit there and back: %.3f ms%n", nanoseconds / 1e6);
      assertThat(nanoseconds).isLessThan(1e6);
    }
  }

  @Test
  void oneDigitAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Reconstructor plain = digits("allocation.aemodel")) {
      Encoder encoder = plain.encoder();
      Decoder decoder = plain.decoder();
      float[] sample = samples(encoder.inputShape(), 1).get(0);
      float[] code = new float[encoder.latentShape().size()];
      float[] output = new float[sample.length];
      long[] allocated = {Long.MAX_VALUE};
      // Counting allocates a little itself, so many calls are counted together; and so does what
      // HotSpot has not compiled yet, which takes as long as the machine is busy.
      for (int round = 0; round < 40 && allocated[0] >= 1_000; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
          encoder.encode(sample, code);
          decoder.decode(code, output);
        }
        allocated[0] = threads.getCurrentThreadAllocatedBytes() - before;
      }

      assertThat(allocated[0]).isLessThan(1_000);
    }
  }

  @Test
  void batchesOfDigitsTakeAtMostSixTimesAsLong() throws Exception {
    assertThat(ratio(Kind.DENSE, 6)).isLessThan(6);
  }

  @Test
  void batchesOfPicturesTakeAtMostTwelveTimesAsLong() throws Exception {
    assertThat(ratio(Kind.CONV, 12)).isLessThan(12);
  }
}
