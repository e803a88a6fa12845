package io.github.autoencoder4j.metric;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much the numbers of a code are in use. It is told of any number of codes.
 *
 * <pre>{@code
 * CodeUsage usage = new CodeUsage();
 * autoencoder.encode(test, (index, code) -> usage.add(code));
 * int dead = usage.deadUnits(); // numbers that were 0 in every code
 * double share = usage.activeShare(); // how much of a code is in use on average
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class CodeUsage {

  private final double threshold;
  private long @Nullable [] active;
  private double @Nullable [] sums;
  private int codes;

  /** Starts to count, where a number is in use unless it is 0. */
  public CodeUsage() {
    this(0);
  }

  /**
   * Starts to count.
   *
   * @param threshold a number is in use if its absolute value is larger, such as 0.1 for codes of
   *     rates, which are never 0; finite, at least 0
   * @throws IllegalArgumentException if {@code threshold} is negative or not finite
   */
  public CodeUsage(double threshold) {
    if (!(threshold >= 0 && threshold < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the threshold of use must be finite and at least 0, but was " + threshold);
    }
    this.threshold = threshold;
  }

  /**
   * Counts the numbers of a code.
   *
   * @param code of any length, the same for all; finite
   * @throws IllegalArgumentException if it has no numbers, another length than those before, or one
   *     is not finite
   */
  public void add(float[] code) {
    if (active == null) {
      Codes.require(new float[][] {code});
      if (code.length == 0) {
        throw new IllegalArgumentException("codes must have at least 1 value, but this one has 0");
      }
      active = new long[code.length];
      sums = new double[code.length];
    }
    Codes.require(new float[][] {code}, active.length);
    for (int i = 0; i < code.length; i++) {
      double size = Math.abs(code[i]);
      active[i] += size > threshold ? 1 : 0;
      Objects.requireNonNull(sums)[i] += size;
    }
    codes++;
  }

  private long[] requireCodes() {
    if (active == null) {
      throw new IllegalStateException("no codes were added; the usage of none is undefined");
    }
    return active;
  }

  /**
   * Counts the codes.
   *
   * @return how many were added
   */
  public int codes() {
    return codes;
  }

  /**
   * Counts the numbers of a code.
   *
   * @return at least 1
   * @throws IllegalStateException if no code was added
   */
  public int units() {
    return requireCodes().length;
  }

  /**
   * Counts the units that were in use in no code.
   *
   * @return 0 to {@link #units()}
   * @throws IllegalStateException if no code was added
   */
  public int deadUnits() {
    int dead = 0;
    for (long count : requireCodes()) {
      dead += count == 0 ? 1 : 0;
    }
    return dead;
  }

  /**
   * Gives how many of the numbers of a code are in use on average.
   *
   * @return in [0, 1]
   * @throws IllegalStateException if no code was added
   */
  public double activeShare() {
    double sum = 0;
    for (double share : activeShares()) {
      sum += share;
    }
    return sum / units();
  }

  /**
   * Gives in how many codes each unit is in use.
   *
   * @return {@code [units]}, each in [0, 1]
   * @throws IllegalStateException if no code was added
   */
  public double[] activeShares() {
    long[] counts = requireCodes();
    double[] shares = new double[counts.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (double) counts[i] / codes;
    }
    return shares;
  }

  /**
   * Gives the mean absolute value of each unit.
   *
   * @return {@code [units]}, each at least 0
   * @throws IllegalStateException if no code was added
   */
  public double[] meanActivities() {
    double[] means = new double[requireCodes().length];
    for (int i = 0; i < means.length; i++) {
      means[i] = Objects.requireNonNull(sums)[i] / codes;
    }
    return means;
  }
}
