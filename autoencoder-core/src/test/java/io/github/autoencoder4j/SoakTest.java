package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.testing.ChildJvm;
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

/** Memory levels off, however long a process trains, saves, loads and encodes. */
class SoakTest {

  private static final int STEPS = 20_000;
  private static final int CYCLES = 200;
  private static final int ROUNDS = 10;

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
        figures.append(residentKilobytes()).append('\n');
      }
      Files.writeString(folder.resolve("figures"), figures);
    }

    private static Autoencoder tiny() {
      return Autoencoder.dense().hidden(10).bottleneck(2).build();
    }

    private static String residentKilobytes() throws IOException {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .findFirst()
          .orElseThrow();
    }
  }
}
