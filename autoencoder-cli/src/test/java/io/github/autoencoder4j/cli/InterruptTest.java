package io.github.autoencoder4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {

  /** What the JVM gives where this signal ended it; 130 after Ctrl-C. */
  private static final int TERMINATED = 128 + 15;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no such signal")
  void aSignalToEndSavesWhatWasLearnt(@TempDir Path folder)
      throws IOException, InterruptedException {
    StringBuilder rows = new StringBuilder("x,y\n");
    for (int i = 0; i < 200; i++) {
      rows.append(String.format(Locale.ROOT, "%d.5,%d%n", i, 2 * i % 37));
    }
    Path table = Files.writeString(folder.resolve("table.csv"), rows);
    Path model = folder.resolve("table.aemodel");
    Process process =
        ChildJvm.of(
                Cli.class,
                List.of(),
                "train",
                table.toString(),
                "--epochs",
                "1000000",
                "--held-out",
                "0",
                "--model",
                model.toString())
            .start();
    try (BufferedReader err = process.errorReader()) {
      String line = err.readLine();
      while (line != null && !line.contains("epoch")) {
        line = err.readLine();
      }
      assertThat(line).as("the first line of progress").isNotNull();
      // Ends it as Ctrl-C does, which a process that was started in the background may ignore.
      process.toHandle().destroy();
      err.transferTo(java.io.Writer.nullWriter());
    }
    assertThat(ChildJvm.ended(process, 2)).isEqualTo(TERMINATED);
    try (Autoencoder saved = Autoencoder.load(model)) {
      assertThat(saved.isTrained()).isTrue();
    }
  }
}
