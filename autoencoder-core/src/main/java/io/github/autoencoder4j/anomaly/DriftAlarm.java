package io.github.autoencoder4j.anomaly;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;

/**
 * Watches a stream of scores for drift: raises an alarm when they no longer look as if they came
 * from where the scores of normal rows came from, be they higher or lower.
 *
 * <p>The promise: if the scores it starts from and those of the stream are exchangeable, such as
 * drawn independently from one distribution, the probability that the alarm is <em>ever</em>
 * raised, however long the stream, is at most the wished rate. Nothing is assumed about the
 * distribution. A few anomalies do not raise it; a change of many rows does, the sooner the larger
 * it is.
 *
 * <p>Each score gets a p-value, its rank among all scores so far with ties broken at random; while
 * nothing drifts, these are independent and uniform (Vovk, Nouretdinov and Gammerman, "Testing
 * Exchangeability On-Line", ICML 2003). A gambler bets against that: after {@code n} scores {@code
 * 1 / (n (n + 1))} of the capital of 1 leaves the reserve and is shared among the four bets {@code
 * f(p) = 1 + e (p - 1/2)}, {@code e = -2, -1, 1, 2}, which multiply what was put on them. The
 * capital is a martingale and never below {@code 1 / (n + 1)}, so an early calm does not delay a
 * later alarm much; by Ville's inequality ("Etude critique de la notion de collectif", 1939) it
 * ever reaches {@code 1 / rate} with probability {@code rate} at most.
 *
 * <p>Scores are told apart to one part in 256. So memory stays small, however long the stream.
 *
 * <pre>{@code
 * DriftAlarm alarm = DriftAlarm.of(scorer.scores(heldOut), 0.01, 7);
 * for (float[] row : stream) {
 *   if (alarm.add(scorer.score(row))) {
 *     break; // fit again
 *   }
 * }
 * }</pre>
 *
 * <p>Instances are not thread-safe.
 */
public final class DriftAlarm {

  private static final double[] BETS = {-2, -1, 1, 2};

  /** Bits of the mantissa that are left away: of 52, 8 are kept. */
  private static final int ROUNDED = 44;

  private final double limit;
  private final RandomStream random;
  private final double[] stakes = new double[BETS.length];

  /** Rounded scores, ascending, and how many there were of each. */
  private long[] values = new long[64];

  private long[] counts = new long[64];
  private int distinct;

  private long size;
  private long watched;
  private double capital = 1;
  private boolean raised;

  private DriftAlarm(double rate, long seed) {
    this.limit = 1 / rate;
    this.random = RandomStream.of(seed, "drift");
  }

  /**
   * Starts from the scores of normal rows.
   *
   * @param normalScores at least one, better hundreds; not of the rows that the scorer was fitted
   *     to, whose scores are too low
   * @param falseAlarmRate how likely the alarm may ever be raised though nothing drifts, in (0, 1)
   * @param seed breaks ties; the same seed gives the same alarms
   * @return the alarm, not raised
   * @throws IllegalArgumentException if there is no score, one is NaN, or the rate is out of its
   *     range
   */
  public static DriftAlarm of(double[] normalScores, double falseAlarmRate, long seed) {
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException(
          "the rate of false alarms must lie between 0 and 1, but was " + falseAlarmRate);
    }
    // Checks them, too.
    ConformalCalibration.of(normalScores);
    DriftAlarm alarm = new DriftAlarm(falseAlarmRate, seed);
    for (double score : normalScores) {
      alarm.count(round(score));
    }
    return alarm;
  }

  /**
   * Takes the next score of the stream.
   *
   * @param score of a row that is neither fitted nor calibrated with
   * @return whether the alarm is raised, now or by an earlier score
   * @throws IllegalArgumentException if the score is NaN
   */
  public boolean add(double score) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("the score is NaN; scores must be numbers");
    }
    long value = round(score);
    int at = count(value);
    long above = 0;
    for (int i = at + 1; i < distinct; i++) {
      above += counts[i];
    }
    // Uniform among the ranks of equal scores, its own included.
    double p = (above + counts[at] * random.nextDouble()) / size;
    watched++;
    double reserve = 1.0 / (watched + 1);
    double released = reserve / watched;
    double sum = reserve;
    for (int i = 0; i < stakes.length; i++) {
      // Without a bound it would end as infinity, which no number of calm rows brings down.
      stakes[i] =
          Math.min(
              Double.MAX_VALUE / 16,
              (stakes[i] + released / stakes.length) * (1 + BETS[i] * (p - 0.5)));
      sum += stakes[i];
    }
    capital = sum;
    raised |= capital >= limit;
    return raised;
  }

  /**
   * Tells whether the alarm was raised. Once raised it stays so; start a new one to watch on.
   *
   * @return true from the first score on by which the evidence reached {@code 1 / rate}
   */
  public boolean isRaised() {
    return raised;
  }

  /**
   * Returns the evidence for drift: what the gambler's capital of 1 has become.
   *
   * @return above 0; about as many times as likely under drift as without. 1 / rate raises the
   *     alarm
   */
  public double evidence() {
    return capital;
  }

  /**
   * Returns how many scores of the stream were taken.
   *
   * @return at least 0
   */
  public long watched() {
    return watched;
  }

  /** Counts a score; returns where. */
  private int count(long value) {
    size++;
    int at = Arrays.binarySearch(values, 0, distinct, value);
    if (at < 0) {
      at = -at - 1;
      if (distinct == values.length) {
        values = Arrays.copyOf(values, 2 * distinct);
        counts = Arrays.copyOf(counts, 2 * distinct);
      }
      System.arraycopy(values, at, values, at + 1, distinct - at);
      System.arraycopy(counts, at, counts, at + 1, distinct - at);
      values[at] = value;
      counts[at] = 0;
      distinct++;
    }
    counts[at]++;
    return at;
  }

  /** The same for all numbers that differ in later digits only, and in their order. */
  private static long round(double score) {
    long bits = Double.doubleToLongBits(score + 0.0);
    return (bits < 0 ? bits ^ Long.MAX_VALUE : bits) >> ROUNDED;
  }
}
