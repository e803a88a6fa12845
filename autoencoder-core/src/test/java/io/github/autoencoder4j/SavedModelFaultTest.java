package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.files.FaultyDisk;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.testing.DiskFaults;
import io.github.autoencoder4j.testing.DiskFaults.Fault;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Saving on a disk that fails at every moment there is. */
class SavedModelFaultTest {

  @TempDir private Path directory;

  private static Autoencoder trained(long seed) {
    // Wider than one buffer, so that there is more than one write.
    Autoencoder autoencoder = Autoencoder.dense().hidden(200).bottleneck(2).seed(seed).build();
    autoencoder.fit(TinyData.rows(8, 100), Training.epochs(1).batchSize(4));
    return autoencoder;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theOldModelOrTheNewOneIsThereWhole(Fault fault) throws IOException {
    Autoencoder before = trained(1);
    Autoencoder after = trained(2);
    Path file = directory.resolve("some.aemodel");
    int failures = 0;
    for (boolean lasting : new boolean[] {false, true}) {
      for (boolean namesToo : new boolean[] {false, true}) {
        boolean struck = true;
        for (int operation = 0; struck; operation++) {
          before.save(file);
          DiskFaults faults = new DiskFaults(fault, operation, lasting);
          Throwable thrown =
              catchThrowable(() -> after.save(file, Saving.whole(), new FaultyDisk(faults)));
          if (thrown != null) {
            failures++;
            assertThat(thrown)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
          }
          struck = faults.struck();
          faults.losePower(namesToo);
          float[] there = Autoencoder.load(file).parameters();
          // What was reported as saved is there, and nothing but the two ever is.
          assertThat(there).isIn(before.parameters(), after.parameters());
          if (thrown == null) {
            assertThat(there).isEqualTo(after.parameters());
          }
        }
      }
    }
    assertThat(failures).isGreaterThan(fault == Fault.SHORT_WRITE ? 0 : 1);
    after.save(file, Saving.whole(), Disk.SYSTEM);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }
}
