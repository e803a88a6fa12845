package io.github.autoencoder4j.study;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The difference of two means, and how far chance alone may have moved it: at a confidence of 95 %,
 * by Student's t distribution.
 *
 * @param before the mean that is compared with
 * @param after the mean that is compared
 * @param standardError of {@code after - before}; not a number if there is only one value on a side
 * @param freedom the degrees of freedom of {@code standardError}; infinity for shares
 */
public record Difference(double before, double after, double standardError, double freedom) {

  private static final double CONFIDENCE = 0.95;

  /**
   * Compares values that belong together, such as two models' figures of the same pictures: what
   * the pictures differ by among themselves does not count as error.
   *
   * @param before at least one value
   * @param after as many, in the same order
   * @return the difference of the means
   * @throws IllegalArgumentException if there is no value, or not as many on both sides
   */
  public static Difference paired(double[] before, double[] after) {
    if (before.length != after.length || before.length == 0) {
      throw new IllegalArgumentException(
          "pairs need as many values on both sides and at least one, but there are %s and %s"
              .formatted(before.length, after.length));
    }
    int n = before.length;
    double[] changes = IntStream.range(0, n).mapToDouble(i -> after[i] - before[i]).toArray();
    double error = n > 1 ? Math.sqrt(StatUtils.variance(changes) / n) : Double.NaN;
    return new Difference(StatUtils.mean(before), StatUtils.mean(after), error, n - 1);
  }

  /**
   * Compares shares of the same pictures.
   *
   * @param before for each picture whether it counts
   * @param after the same for the same pictures
   * @return the difference of the shares, in [-1, 1]
   * @throws IllegalArgumentException if there is no picture, or not as many on both sides
   */
  public static Difference paired(boolean[] before, boolean[] after) {
    return paired(numbers(before), numbers(after));
  }

  /**
   * Compares values that have nothing to do with each other (Welch, Biometrika 1947).
   *
   * @param before at least one value
   * @param after at least one value
   * @return the difference of the means
   * @throws IllegalArgumentException if a side has no value
   */
  public static Difference independent(double[] before, double[] after) {
    if (before.length == 0 || after.length == 0) {
      throw new IllegalArgumentException("a mean needs at least one value");
    }
    double one = before.length > 1 ? StatUtils.variance(before) / before.length : Double.NaN;
    double other = after.length > 1 ? StatUtils.variance(after) / after.length : Double.NaN;
    double both = one + other;
    double freedom =
        both > 0
            ? both * both / (one * one / (before.length - 1) + other * other / (after.length - 1))
            : before.length + after.length - 2;
    return new Difference(StatUtils.mean(before), StatUtils.mean(after), Math.sqrt(both), freedom);
  }

  /**
   * Compares shares of draws that have nothing to do with each other.
   *
   * @param before how many count, of {@code ofBefore}
   * @param ofBefore of how many; at least 1
   * @param after how many count, of {@code ofAfter}
   * @param ofAfter of how many; at least 1
   * @return the difference of the shares, in [-1, 1]
   * @throws IllegalArgumentException if a count does not lie in 0 to what it is of
   */
  public static Difference ofShares(int before, int ofBefore, int after, int ofAfter) {
    double squared = squaredError(before, ofBefore) + squaredError(after, ofAfter);
    return new Difference(
        (double) before / ofBefore,
        (double) after / ofAfter,
        Math.sqrt(squared),
        Double.POSITIVE_INFINITY);
  }

  /** With a hit and a miss more (Agresti and Caffo, 2000), for none of ten is not certainty. */
  private static double squaredError(int count, int of) {
    if (count < 0 || of < 1 || count > of) {
      throw new IllegalArgumentException("there cannot be " + count + " of " + of);
    }
    double share = (count + 1.0) / (of + 2);
    return share * (1 - share) / (of + 2);
  }

  private static double[] numbers(boolean[] flags) {
    return IntStream.range(0, flags.length).mapToDouble(i -> flags[i] ? 1 : 0).toArray();
  }

  /**
   * What can be said at a confidence of 95 %.
   *
   * @return {@link Change#UNCLEAR} if the difference is within its error, or that is not known
   */
  public Change change() {
    double value = after - before;
    if (!(Math.abs(value) > margin())) {
      return Change.UNCLEAR;
    }
    return value > 0 ? Change.HIGHER : Change.LOWER;
  }

  /**
   * What can be said where the means are printed: nothing of a difference that print does not show.
   *
   * @param decimals how many digits after the point
   * @return {@link Change#UNCLEAR} if both means look the same too
   */
  public Change change(int decimals) {
    return shown(decimals).signum() == 0 ? Change.UNCLEAR : change();
  }

  /**
   * The difference of the means as they are printed, so that a reader's sum comes out.
   *
   * @param decimals how many digits after the point
   * @return the rounded {@code after} less the rounded {@code before}
   */
  public BigDecimal shown(int decimals) {
    return printed(after, decimals).subtract(printed(before, decimals));
  }

  private static BigDecimal printed(double value, int decimals) {
    return new BigDecimal(String.format(Locale.ROOT, "%." + decimals + "f", value));
  }

  /**
   * How far the difference may be off at a confidence of 95 %.
   *
   * @return half of the width of the interval; not a number if the error is not known
   */
  public double margin() {
    if (Double.isNaN(standardError)) {
      return Double.NaN;
    }
    // The quantile is finite for any error, but an infinite freedom is the normal distribution.
    double quantile =
        new TDistribution(Math.min(freedom, 1e6))
            .inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    return quantile * standardError;
  }
}
