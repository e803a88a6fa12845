package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.testing.ProcessMemory;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What training on large pictures takes, in a JVM of its own. */
class TrainingMemoryTest {

  private static final int BATCH = 32;

  private static final int STEPS = 196_608;

  @TempDir private Path folder;

  /**
   * What the layers make of a batch, forward and backward, is 760 MB. A quarter of it lives at a
   * time at most, since two of eight pieces are on their way, and less with values that take turns.
   */
  @Test
  @EnabledOnOs(OS.LINUX) // where a process can be asked what it has had
  void dependsOnWhatIsAtWorkAndNotOnTheBatch() throws Exception {
    assertThat(peakOf(Pictures.class)).as("MB").isBetween(100L, 640L);
  }

  /**
   * 300 MB. A description of a kernel with code for each place of a row adds 250 MB, even if
   * another is taken, and the code yet more.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void doesNotGrowByTheCodeOfKernelsWithLongRows() throws Exception {
    assertThat(peakOf(Signal.class)).as("MB").isBetween(100L, 420L);
  }

  private long peakOf(Class<?> program) throws Exception {
    assumeThat(OneDnn.isOpen()).as("oneDNN is on the class path of this platform").isTrue();
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        ChildJvm.of(
            program,
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));
    builder.environment().put("OMP_NUM_THREADS", "2");
    Process child = builder.redirectOutput(said.toFile()).start();
    assertThat(ChildJvm.ended(child, 3)).as(Files.readString(said)).isZero();
    return Long.parseLong(Files.readString(said).strip());
  }

  /** Says the most that the process has had, in MB. */
  static final class Pictures {
    public static void main(String[] arguments) throws IOException {
      Autoencoder autoencoder = Autoencoder.conv().input(128, 128, 3).latent(8, 8, 16).build();
      autoencoder.fit(
          ImageSource.of(new ImageShape(128, 128, 3), new float[BATCH][128 * 128 * 3]),
          Training.epochs(1).batchSize(BATCH));
      System.out.println(ProcessMemory.peak() >> 20);
    }
  }

  /** Says the same of a long signal. */
  static final class Signal {
    public static void main(String[] arguments) throws IOException {
      Autoencoder autoencoder =
          Autoencoder.conv()
              .input(1, STEPS, 1)
              .latent(1, STEPS / 16, 1)
              .strides(2, 8)
              .widths(1)
              .build();
      autoencoder.fit(
          ImageSource.of(new ImageShape(1, STEPS, 1), new float[1][STEPS]),
          Training.epochs(1).batchSize(1));
      System.out.println(ProcessMemory.peak() >> 20);
    }
  }
}
