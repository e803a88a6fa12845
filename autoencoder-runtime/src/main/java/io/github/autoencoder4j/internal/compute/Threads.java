package io.github.autoencoder4j.internal.compute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How many threads compute at a time, unless a run asks for its own number.
 *
 * <p>Native libraries count the processors of the machine. A container that may use two of
 * sixty-four would get sixty-four threads, which wait for one another; the JVM knows such quotas.
 */
public final class Threads {

  /** The system property that sets the number; read at every question. */
  public static final String PROPERTY = "autoencoder4j.threads";

  private static final int ALLOWED = allowed();

  private Threads() {}

  /**
   * The number of threads.
   *
   * @return what the system property {@value #PROPERTY} says, else the smallest of what the JVM
   *     counts, what the kernel lets this process use, and {@code OMP_NUM_THREADS}; at least 1
   * @throws IllegalArgumentException if the property is no whole number from 1 on
   */
  public static int count() {
    String wanted = System.getProperty(PROPERTY);
    return wanted == null
        ? count(
            Runtime.getRuntime().availableProcessors(), ALLOWED, System.getenv("OMP_NUM_THREADS"))
        : parse(wanted);
  }

  private static int parse(String wanted) {
    try {
      int threads = Integer.parseInt(wanted.strip());
      if (threads >= 1) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // The same message as for numbers that are too small.
    }
    throw new IllegalArgumentException(
        "the system property %s must be a whole number from 1 on, but was \"%s\""
            .formatted(PROPERTY, wanted));
  }

  static int count(int available, int allowed, String openMp) {
    int processors = Math.max(1, Math.min(available, allowed));
    if (openMp == null) {
      return processors;
    }
    try {
      // A list says how many threads each level of nested regions has; ours are on the first.
      int asked = Integer.parseInt(openMp.split(",", 2)[0].strip());
      return asked >= 1 ? Math.min(asked, processors) : processors;
    } catch (NumberFormatException e) {
      // OpenMP ignores what it cannot read, too.
      return processors;
    }
  }

  /**
   * How many processors Linux lets this process use, which the JVM may have been told otherwise.
   */
  private static int allowed() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("Cpus_allowed:"))
          .findFirst()
          .map(line -> bits(line.substring(line.indexOf(':') + 1)))
          .orElse(Integer.MAX_VALUE);
    } catch (IOException | RuntimeException e) {
      // Elsewhere the JVM's word is all there is.
      return Integer.MAX_VALUE;
    }
  }

  /** How many bits are set in a mask of hexadecimal groups such as {@code ff,ffffffff}. */
  static int bits(String mask) {
    return Stream.of(mask.strip().split(","))
        .mapToInt(group -> Long.bitCount(Long.parseLong(group, 16)))
        .sum();
  }
}
