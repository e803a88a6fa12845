package io.github.autoencoder4j.benchmarks;

import java.util.Arrays;

/**
 * Whether two peers learn the same from the same weights and the same batches.
 *
 * @param network what was trained
 * @param steps on how many batches
 * @param firstOurs our loss of the first batch, which tells whether the weights were the same
 * @param firstTheirs the same of the other
 * @param lastOurs our loss in the end, a mean over some batches, since batches differ
 * @param lastTheirs the same of the other
 */
record Likeness(
    ReferenceNetwork network,
    int steps,
    double firstOurs,
    double firstTheirs,
    double lastOurs,
    double lastTheirs) {

  /** By how much the losses may differ in the end. */
  static final double TOLERANCE = 0.02;

  private static final int LAST = 20;

  /**
   * Compares two runs.
   *
   * @param ours the loss of each batch before its step
   * @param theirs as many
   */
  static Likeness of(ReferenceNetwork network, double[] ours, double[] theirs) {
    return new Likeness(network, ours.length, ours[0], theirs[0], last(ours), last(theirs));
  }

  private static double last(double[] losses) {
    return Arrays.stream(losses, Math.max(0, losses.length - LAST), losses.length)
        .average()
        .orElseThrow();
  }

  double firstDifference() {
    return Math.abs(firstOurs / firstTheirs - 1);
  }

  double lastDifference() {
    return Math.abs(lastOurs / lastTheirs - 1);
  }

  /** Written so that NaN fails. */
  boolean passed() {
    return lastDifference() <= TOLERANCE;
  }
}
