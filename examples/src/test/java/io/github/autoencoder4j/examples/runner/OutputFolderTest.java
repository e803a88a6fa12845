package io.github.autoencoder4j.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  @TempDir Path folder;

  @Test
  void isOpenOnceAtATimeInOneProcess() throws Exception {
    Path out = folder.resolve("new").resolve("out");
    try (OutputFolder first = OutputFolder.open(out)) {
      assertThatThrownBy(() -> OutputFolder.open(out.resolve(".")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("another lab is writing to " + out)
          .hasMessageContaining("--out");
      // Not even the attempt gives the lock to others.
      assertThat(anotherProcess(out)).isEqualTo(1);
    }
    assertThat(anotherProcess(out)).isZero();
    OutputFolder.open(out).close();
  }

  private static int anotherProcess(Path out) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Opener.class.getName(),
                out.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  /** Another lab. */
  static final class Opener {
    public static void main(String[] arguments) throws Exception {
      try (OutputFolder out = OutputFolder.open(Path.of(arguments[0]))) {
        System.exit(0);
      } catch (IllegalStateException e) {
        System.exit(1);
      }
    }
  }
}
