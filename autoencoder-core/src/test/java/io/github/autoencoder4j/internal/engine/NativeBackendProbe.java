package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@link NativeBackendTest} runs in a JVM of its own. Says on one line how it ended. */
final class NativeBackendProbe {

  private NativeBackendProbe() {}

  public static void main(String[] args) throws Exception {
    Autoencoder autoencoder = Autoencoder.dense().hidden(4).bottleneck(2).build();
    StringBuilder ends = new StringBuilder();
    // Twice: a class that failed to initialise fails in another way the second time.
    for (int i = 0; i < 2; i++) {
      try {
        autoencoder.fit(TinyData.rows(8, 6), Training.epochs(1).batchSize(4));
        ends.append("trained;");
      } catch (IllegalStateException e) {
        ends.append(e.getMessage().replaceAll("\\R *", "")).append(';');
      }
    }
    Path maps = Path.of("/proc/self/maps");
    if (Files.isReadable(maps)) {
      Files.readAllLines(maps).stream()
          .filter(line -> line.endsWith("libnd4jcpu.so"))
          .findFirst()
          .ifPresent(ends::append);
    }
    System.out.println(ends);
  }
}
