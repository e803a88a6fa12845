package io.github.autoencoder4j.anomaly;

import java.util.Arrays;
import java.util.Locale;

/**
 * Turns scores into p-values and thresholds that keep a promise about false alarms, from the scores
 * of normal rows that the scorer was not fitted to (Vovk, Gammerman and Shafer, "Algorithmic
 * Learning in a Random World", 2005; Laxhammar and Falkman, 2010).
 *
 * <p>The promise: if a new normal row and the {@code n} calibration rows are exchangeable, such as
 * drawn independently from one distribution, then {@code P(p-value <= a) <= a} for every {@code a},
 * whatever the distribution and however good the scorer. It is marginal: it holds on average over
 * calibration sets and rows. For one calibration set the rate of false alarms varies around {@code
 * a} with a standard deviation of about {@code sqrt(a (1 - a) / (n + 2))}, and it holds neither for
 * each kind of normal row by itself nor after the data have drifted.
 *
 * <pre>{@code
 * ConformalCalibration calibration = ConformalCalibration.of(scorer.scores(heldOut));
 * double threshold = calibration.threshold(0.01); // one false alarm in a hundred normal rows
 * boolean anomaly = scorer.score(row) > threshold;
 * boolean[] found =
 *     BenjaminiHochberg.reject(calibration.pValues(scorer.scores(batch)), 0.1);
 * }</pre>
 *
 * <p>Instances are immutable and thread-safe.
 */
public final class ConformalCalibration {

  /** Ascending. */
  private final double[] scores;

  private ConformalCalibration(double[] scores) {
    this.scores = scores;
  }

  /**
   * Takes the scores of held-out normal rows.
   *
   * @param normalScores at least one; not of the rows that the scorer was fitted to, whose scores
   *     are too low
   * @return the calibration
   * @throws IllegalArgumentException if there is no score, or one is NaN
   */
  public static ConformalCalibration of(double[] normalScores) {
    if (normalScores.length == 0) {
      throw new IllegalArgumentException(
          "there are no scores to calibrate with; score at least one held-out normal row");
    }
    for (int i = 0; i < normalScores.length; i++) {
      requireNumber(normalScores[i], "calibration score " + i);
    }
    double[] sorted = normalScores.clone();
    Arrays.sort(sorted);
    return new ConformalCalibration(sorted);
  }

  /**
   * Returns how many scores there are.
   *
   * @return {@code n}; at least 1
   */
  public int size() {
    return scores.length;
  }

  /**
   * Computes how likely a normal row scores at least as high: {@code (1 + number of calibration
   * scores >= s) / (n + 1)}.
   *
   * @param score of a row that is neither fitted nor calibrated with
   * @return in [1 / (n + 1), 1]
   * @throws IllegalArgumentException if the score is NaN
   */
  public double pValue(double score) {
    requireNumber(score, "the score");
    return (1.0 + atLeast(score)) / (scores.length + 1.0);
  }

  /**
   * Computes the p-values of scores, each by itself.
   *
   * @param scores of rows that are neither fitted nor calibrated with
   * @return as many values, those of {@link #pValue}
   * @throws IllegalArgumentException if a score is NaN
   */
  public double[] pValues(double[] scores) {
    return Arrays.stream(scores).map(this::pValue).toArray();
  }

  /**
   * Finds the threshold for a rate of false alarms: a row is an anomaly if its score is
   * <em>above</em>, which is the same as {@code pValue(score) <= falseAlarmRate}.
   *
   * @param falseAlarmRate share of normal rows that may raise an alarm, in (0, 1)
   * @return the {@code floor(falseAlarmRate (n + 1))}-th highest calibration score
   * @throws IllegalArgumentException if the rate is out of its range, or there are fewer than
   *     {@code 1 / falseAlarmRate - 1} calibration scores, so that no score could be that rare
   */
  public double threshold(double falseAlarmRate) {
    return scores[scores.length - allowed(falseAlarmRate)];
  }

  /**
   * Tells whether a score is above the {@linkplain #threshold threshold} for a rate of false
   * alarms.
   *
   * @param score of a row that is neither fitted nor calibrated with
   * @param falseAlarmRate share of normal rows that may raise an alarm, in (0, 1)
   * @return {@code pValue(score) <= falseAlarmRate}
   * @throws IllegalArgumentException if the score is NaN, the rate is out of its range, or there
   *     are too few calibration scores for it
   */
  public boolean isAnomaly(double score, double falseAlarmRate) {
    requireNumber(score, "the score");
    return score > threshold(falseAlarmRate);
  }

  /** The largest {@code j} with {@code j / (n + 1) <= rate}, compared as p-values are. */
  private int allowed(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "the rate of false alarms must lie between 0 and 1, but was " + rate);
    }
    double all = scores.length + 1.0;
    int allowed = (int) (rate * all);
    // The product may be rounded to either side of a whole number.
    allowed += (allowed + 1) / all <= rate ? 1 : 0;
    allowed -= allowed / all > rate ? 1 : 0;
    if (allowed == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d calibration scores are too few for a false-alarm rate of %s: the smallest p-value"
                  + " is 1 / %d; give at least %.0f, or allow a rate of at least %.3g",
              scores.length,
              rate,
              scores.length + 1L,
              Math.ceil(1 / rate - 1),
              1 / all));
    }
    return allowed;
  }

  private int atLeast(double score) {
    int low = 0;
    int high = scores.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (scores[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return scores.length - low;
  }

  private static void requireNumber(double score, String name) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException(name + " is NaN; scores must be numbers");
    }
  }
}
