package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.testing.ProcessMemory;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory levels off, however long a process trains, saves, loads and encodes. {@code -Dcycles=}
 * says how many autoencoders of other shapes come and go.
 */
class SoakTest {

  private static final int STEPS = 20_000;
  private static final int CYCLES = 200;
  private static final int ROUNDS = 10;

  private static final int SHAPES = 60;
  private static final int SHAPE_CYCLES = Integer.getInteger("cycles", 130);
  private static final int WARM = 50;

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX) // where a process can be asked what it holds
  void twentyThousandStepsAndTwoHundredCyclesHoldNoMoreMemoryThanTheFirstTenth() throws Exception {
    Path figures = folder.resolve("figures");
    Process child =
        ChildJvm.of(
                Soaked.class,
                // A heap that is there from the start does not show in what is added.
                List.of(
                    "-Xms96m",
                    "-Xmx96m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1"),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(ChildJvm.ended(child, 4)).isZero();
    List<Long> kilobytes = Files.readAllLines(figures).stream().map(Long::valueOf).toList();
    assertThat(kilobytes).hasSize(ROUNDS);
    long warm = kilobytes.get(1);
    assertThat(kilobytes.get(ROUNDS - 1))
        .as("kilobytes after each tenth: " + kilobytes)
        .isLessThan(warm + warm / 20);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void autoencodersOfSixtyShapesComeAndGoInMemoryThatStaysAsItIs() throws Exception {
    Path figures = folder.resolve("figures");
    Process child =
        ChildJvm.of(
                OfManyShapes.class,
                List.of(
                    "-Xms128m",
                    "-Xmx128m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1"),
                folder.toString(),
                String.valueOf(SHAPE_CYCLES))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(ChildJvm.ended(child, 30)).isZero();
    List<Long> kilobytes = Files.readAllLines(figures).stream().map(Long::valueOf).toList();
    assertThat(kilobytes).hasSize(SHAPE_CYCLES);
    long warm = kilobytes.get(WARM - 1);
    assertThat(kilobytes.subList(WARM, SHAPE_CYCLES))
        .as("kilobytes after the 50th cycle: " + warm)
        .allSatisfy(now -> assertThat(now).isBetween(warm - warm / 10, warm + warm / 10));
  }

  /** Nobody calls the garbage collector here: {@code close} is enough. */
  static final class OfManyShapes {
    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0], "shape.aemodel");
      StringBuilder figures = new StringBuilder();
      for (int cycle = 0; cycle < Integer.parseInt(arguments[1]); cycle++) {
        int shape = cycle % SHAPES;
        ImageShape samples = ImageShape.grey(8 + 4 * (shape / 2 % 6), 8 + 4 * (shape / 12));
        ImageSource data = ImageSource.of(samples, TinyData.rows(40, samples.size()));
        AutoencoderBuilder<?> builder =
            shape % 2 == 0
                ? Autoencoder.dense().hidden(100 + shape, 40).bottleneck(2 + shape % 7)
                : Autoencoder.conv()
                    .latent(samples.height() / 4, samples.width() / 4, 3)
                    .widths(8, 16);
        try (Autoencoder autoencoder = builder.build()) {
          autoencoder.fit(data, Training.epochs(2).batchSize(16));
          autoencoder.reconstruct(data);
          autoencoder.save(file);
        }
        try (Autoencoder loaded = Autoencoder.load(file)) {
          loaded.encode(data);
        }
        figures.append(ProcessMemory.now() >> 10).append('\n');
      }
      Files.writeString(Path.of(arguments[0], "figures"), figures);
    }
  }

  /** What the child does. */
  static final class Soaked {
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      ImageSource data = TinyData.source(80, 12);
      Autoencoder trained = tiny();
      StringBuilder figures = new StringBuilder();
      for (int round = 0; round < ROUNDS; round++) {
        trained.fit(data, Training.epochs(STEPS / ROUNDS / 10).batchSize(8));
        for (int cycle = 0; cycle < CYCLES / ROUNDS; cycle++) {
          Path file = folder.resolve("soaked.aemodel");
          trained.save(file, Saving.whole().optimizerState());
          trained = Autoencoder.load(file);
          trained.encode(data);
          Training once =
              Training.epochs(1)
                  .batchSize(8)
                  .checkpoints(Checkpoints.in(folder.resolve("run-" + round + "-" + cycle)));
          tiny().fit(data, once);
          tiny().resume(data, once);
        }
        System.gc();
        figures.append(ProcessMemory.now() >> 10).append('\n');
      }
      Files.writeString(folder.resolve("figures"), figures);
    }

    private static Autoencoder tiny() {
      return Autoencoder.dense().hidden(10).bottleneck(2).build();
    }
  }
}
