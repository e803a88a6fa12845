package io.github.autoencoder4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has in memory, heap, libraries and native memory alike, as Linux tells it. */
public final class ProcessMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  /**
   * Asks how much it has.
   *
   * @return in bytes; 0 where the system does not say
   * @throws IOException if the system fails to say it
   */
  public static long now() throws IOException {
    return read("VmRSS:");
  }

  /**
   * Asks for the most that it ever had.
   *
   * @return in bytes; 0 where the system does not say
   * @throws IOException if the system fails to say it
   */
  public static long peak() throws IOException {
    return read("VmHWM:");
  }

  private static long read(String name) throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }
}
