package io.github.autoencoder4j.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Where and when a model was saved.
 *
 * @param saved the time
 * @param library the version of this library
 * @param nd4j the version of ND4J and its backend
 * @param java the version of Java and its vendor
 * @param os the operating system, its version and its architecture
 * @param cpu the processor, as it calls itself
 * @param processors how many processors Java saw
 * @param threads how many threads the native code used, on which the last bits of sums depend
 */
public record Provenance(
    Instant saved,
    String library,
    String nd4j,
    String java,
    String os,
    String cpu,
    int processors,
    int threads) {

  /**
   * Checks that nothing is missing.
   *
   * @param saved the time
   * @param library the version of this library
   * @param nd4j the version of ND4J and its backend
   * @param java the version of Java and its vendor
   * @param os the operating system, its version and its architecture
   * @param cpu the processor, as it calls itself
   * @param processors how many processors Java saw
   * @param threads how many threads the native code used, on which the last bits of sums depend
   */
  public Provenance {
    Objects.requireNonNull(saved, "saved");
    Objects.requireNonNull(library, "library");
    Objects.requireNonNull(nd4j, "nd4j");
    Objects.requireNonNull(java, "java");
    Objects.requireNonNull(os, "os");
    Objects.requireNonNull(cpu, "cpu");
  }
}
