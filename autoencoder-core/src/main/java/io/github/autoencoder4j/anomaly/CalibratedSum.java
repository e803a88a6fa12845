package io.github.autoencoder4j.anomaly;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Adds scores of different units: each becomes how rare it is among held-out normal rows, and the
 * logarithms of these tail probabilities are summed, {@code -sum of ln p_i} (Fisher, "Statistical
 * Methods for Research Workers", 1925; here for ranking only, as the scores of one row depend on
 * each other).
 *
 * <p>Between held-out scores the tail {@code p} is interpolated in its logarithm, from 1 at the
 * smallest score and below; above the score that a tenth of the held-out rows exceed, it falls like
 * an exponential distribution with the mean of what they exceed it by, so that scores higher than
 * any held-out one are still told apart.
 *
 * <pre>{@code
 * CalibratedSum sum = CalibratedSum.of(model.scores(heldOutResiduals, heldOutCodes));
 * double score = sum.score(model.scores(residual, code));
 * }</pre>
 *
 * <p>The sum is not itself a p-value; {@link ConformalCalibration} of the sums of further held-out
 * rows has one. Instances are immutable and thread-safe.
 */
public final class CalibratedSum {

  /** With fewer there is no tenth to speak of. */
  static final int LEAST_ROWS = 20;

  private final Tail[] tails;

  private CalibratedSum(Tail[] tails) {
    this.tails = tails;
  }

  /**
   * Learns from held-out normal rows how rare scores are.
   *
   * @param heldOut {@code [n][parts]}: the scores of each row, in the order in which {@link #score}
   *     takes them; finite, at least 20 rows
   * @return the sum
   * @throws IllegalArgumentException if there are fewer than 20 rows, they differ in length, have
   *     no scores, or a score is not finite
   */
  public static CalibratedSum of(double[][] heldOut) {
    if (heldOut.length < LEAST_ROWS) {
      throw new IllegalArgumentException(
          "at least %s held-out rows are needed to tell how rare scores are, but there are %s"
              .formatted(LEAST_ROWS, heldOut.length));
    }
    int parts = heldOut[0].length;
    if (parts == 0) {
      throw new IllegalArgumentException("row 0 has no scores; there must be at least one to sum");
    }
    for (int i = 0; i < heldOut.length; i++) {
      require(heldOut[i], parts, "held-out row " + i);
    }
    Tail[] tails = new Tail[parts];
    Arrays.setAll(tails, part -> new Tail(Arrays.stream(heldOut).mapToDouble(r -> r[part])));
    return new CalibratedSum(tails);
  }

  /**
   * Sums the scores of a row.
   *
   * @param scores one a part, finite
   * @return {@code -sum of ln p_i}, at least 0; the higher, the odder
   * @throws IllegalArgumentException if there are not as many scores as parts, or one is not finite
   */
  public double score(double... scores) {
    return Arrays.stream(parts(scores)).sum();
  }

  /**
   * Splits the sum among the scores of a row.
   *
   * @param scores one a part, finite
   * @return {@code -ln p_i} of each, at least 0; they sum to {@link #score}
   * @throws IllegalArgumentException if there are not as many scores as parts, or one is not finite
   */
  public double[] parts(double... scores) {
    require(scores, tails.length, "the row");
    double[] parts = new double[tails.length];
    Arrays.setAll(parts, i -> tails[i].rarity(scores[i]));
    return parts;
  }

  private static void require(double[] scores, int parts, String name) {
    if (scores.length != parts) {
      throw new IllegalArgumentException(
          "a row must have %s scores, but %s has %s".formatted(parts, name, scores.length));
    }
    for (int i = 0; i < parts; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has a score of %s at %d; scores must be finite",
                name,
                scores[i],
                i));
      }
    }
  }

  /** {@code -ln} of the share of normal scores that are at least as high. */
  private static final class Tail {

    /** Distinct, ascending, up to where the exponential tail begins. */
    private final double[] scores;

    /** Of each, ascending from 0. */
    private final double[] rarities;

    private final double meanExcess;

    Tail(DoubleStream held) {
      double[] sorted = held.sorted().toArray();
      int n = sorted.length;
      double start = sorted[n - 1 - n / 10];
      // Of equal scores the first has the most that are at least as high.
      int[] firsts =
          IntStream.range(0, n)
              .filter(i -> sorted[i] <= start && (i == 0 || sorted[i] > sorted[i - 1]))
              .toArray();
      scores = Arrays.stream(firsts).mapToDouble(i -> sorted[i]).toArray();
      rarities = Arrays.stream(firsts).mapToDouble(i -> -Math.log((double) (n - i) / n)).toArray();
      double excess =
          Arrays.stream(sorted).filter(s -> s > start).map(s -> s - start).average().orElse(0);
      // Where none or hardly any is higher, as of counts, the spread of all stands in for it.
      double spread = start - sorted[0];
      meanExcess = excess > 0 ? excess : spread > 0 ? spread : Math.max(Math.abs(start), 1);
    }

    double rarity(double score) {
      int last = scores.length - 1;
      if (score >= scores[last]) {
        return rarities[last] + (score - scores[last]) / meanExcess;
      }
      int found = Arrays.binarySearch(scores, score);
      if (found >= 0) {
        return rarities[found];
      }
      int above = -found - 1;
      if (above == 0) {
        return 0;
      }
      double share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
      return rarities[above - 1] + share * (rarities[above] - rarities[above - 1]);
    }
  }
}
