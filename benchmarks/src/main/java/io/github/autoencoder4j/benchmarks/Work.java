package io.github.autoencoder4j.benchmarks;

import java.util.function.IntSupplier;

/**
 * What was done, and how long it took.
 *
 * @param count samples, or whatever the unit of the job counts
 * @param seconds wall-clock time; positive
 */
record Work(double count, double seconds) {

  double rate() {
    return count / seconds;
  }

  /**
   * Repeats something until the seconds are over.
   *
   * @param seconds for how long; it is done at least once
   * @param step does it, and says how many samples that were
   * @return the sum of all
   */
  static Work repeat(double seconds, IntSupplier step) {
    long start = System.nanoTime();
    double count = 0;
    double elapsed;
    do {
      count += step.getAsInt();
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return new Work(count, elapsed);
  }
}
