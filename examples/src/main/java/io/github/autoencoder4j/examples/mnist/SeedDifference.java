package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.study.Difference;
import java.util.stream.IntStream;

/**
 * A figure of runs with and without something, seed by seed.
 *
 * @param difference of the means
 * @param higher in how many seeds it is higher with it
 * @param lower in how many it is lower
 * @param seeds how many there are
 */
record SeedDifference(Difference difference, int higher, int lower, int seeds) {

  static SeedDifference of(double[] without, double[] with) {
    return new SeedDifference(
        Difference.paired(without, with),
        (int) IntStream.range(0, with.length).filter(i -> with[i] > without[i]).count(),
        (int) IntStream.range(0, with.length).filter(i -> with[i] < without[i]).count(),
        with.length);
  }

  /** In how many seeds it changes the way the means do. */
  int agreeing() {
    return difference.after() > difference.before() ? higher : lower;
  }
}
