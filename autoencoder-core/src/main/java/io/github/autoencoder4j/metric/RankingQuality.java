package io.github.autoencoder4j.metric;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well scores rank the samples that are looked for, such as anomalies, before all others.
 *
 * <p>Nothing depends on the order in which samples with equal scores are given: the area counts a
 * tied pair as one half, the average precision has one step for each distinct score, and the
 * precision at {@code k} is what is expected if ties are broken at random.
 *
 * <pre>{@code
 * RankingQuality quality = RankingQuality.of(scores, anomalous);
 * double auroc = quality.auroc(); // 0.5 for scores that know nothing
 * double precision = RankingQuality.precisionAt(scores, anomalous, 20);
 * }</pre>
 *
 * @param auroc area under the receiver operating characteristic, in [0, 1]: the probability that a
 *     positive sample scores higher than a negative one (Hanley and McNeil, "The meaning and use of
 *     the area under a receiver operating characteristic (ROC) curve", Radiology 1982); 0.5 for
 *     scores without information
 * @param averagePrecision {@code sum of (R_i - R_(i-1)) P_i} over the distinct scores from the
 *     highest down, with precision {@code P_i} and recall {@code R_i} of the samples that score at
 *     least as high; nothing is interpolated. In (0, 1]; about {@code positives / count} for scores
 *     without information
 * @param positives how many samples are positive; at least 1
 * @param count how many samples there are; more than {@code positives}
 */
public record RankingQuality(double auroc, double averagePrecision, int positives, int count) {

  /**
   * Judges scores.
   *
   * @param scores one a sample, higher for what is thought positive; infinite is allowed
   * @param positive which samples are positive, as many; at least one is and one is not
   * @return area under the curve and average precision
   * @throws IllegalArgumentException if there are not as many labels as scores, a score is NaN, or
   *     all labels are the same
   */
  public static RankingQuality of(double[] scores, boolean[] positive) {
    int positives = count(scores, positive);
    int negatives = scores.length - positives;
    if (positives == 0 || negatives == 0) {
      throw new IllegalArgumentException(
          "a ranking needs samples of both classes, but all %s labels are %s"
              .formatted(scores.length, positives > 0));
    }
    Sums sums = new Sums(positive);
    addTies(scores, sums);
    return new RankingQuality(
        sums.pairs / positives / negatives, sums.precisions / positives, positives, scores.length);
  }

  /**
   * Computes the share of positive samples among the {@code k} with the highest scores. Where
   * several samples share the last of these scores, it is the expectation over which of them are
   * taken.
   *
   * @param scores one a sample, higher for what is thought positive; infinite is allowed
   * @param positive which samples are positive, as many
   * @param k how many samples are looked at; 1 to the number of samples
   * @return the expected share, in [0, 1]
   * @throws IllegalArgumentException if there are not as many labels as scores, a score is NaN, or
   *     {@code k} is out of its range
   */
  public static double precisionAt(double[] scores, boolean[] positive, int k) {
    count(scores, positive);
    if (k < 1 || k > scores.length) {
      throw new IllegalArgumentException(
          "k must lie in 1 to %s, the number of samples, but was %s".formatted(scores.length, k));
    }
    Sums sums = new Sums(positive);
    sums.left = k;
    addTies(scores, sums);
    return sums.found / k;
  }

  /** What a walk over the ties gathers, from the highest scores down. */
  private static final class Sums {

    private final boolean[] positive;
    private int positivesAbove;
    private int seen;
    private double pairs;
    private double precisions;
    private double left;
    private double found;

    Sums(boolean[] positive) {
      this.positive = positive;
    }

    /** Adds the samples {@code order[from]} to {@code order[to - 1]}, which share a score. */
    void add(int[] order, int from, int to) {
      int here = (int) IntStream.range(from, to).filter(i -> positive[order[i]]).count();
      int size = to - from;
      pairs += (size - here) * (positivesAbove + 0.5 * here);
      positivesAbove += here;
      seen += size;
      precisions += (double) here * positivesAbove / seen;
      double taken = Math.min(left, size);
      found += taken * here / size;
      left -= taken;
    }
  }

  private static void addTies(double[] scores, Sums sums) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .mapToInt(i -> i)
            .toArray();
    int from = 0;
    for (int to = 1; to <= order.length; to++) {
      // Compared by value, so that 0.0 and -0.0 tie.
      if (to == order.length || scores[order[to]] != scores[order[from]]) {
        sums.add(order, from, to);
        from = to;
      }
    }
  }

  private static int count(double[] scores, boolean[] positive) {
    if (scores.length != positive.length || scores.length == 0) {
      throw new IllegalArgumentException(
          "there must be one label a score, and at least one score, but there are %s scores and %s labels"
              .formatted(scores.length, positive.length));
    }
    int positives = 0;
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException(
            "score %s is NaN, which ranks nowhere; scores must be numbers".formatted(i));
      }
      positives += positive[i] ? 1 : 0;
    }
    return positives;
  }
}
