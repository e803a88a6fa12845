package io.github.autoencoder4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RankingQualityTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void hasTheValuesComputedByHand() {
    // The example of scikit-learn's roc_auc_score and average_precision_score.
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    boolean[] positive = {false, false, true, true};
    RankingQuality quality = RankingQuality.of(scores, positive);
    assertThat(quality.auroc()).isEqualTo(0.75);
    assertThat(quality.averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-15));
    assertThat(quality.positives()).isEqualTo(2);
    assertThat(quality.count()).isEqualTo(4);
    assertThat(RankingQuality.precisionAt(scores, positive, 1)).isEqualTo(1);
    assertThat(RankingQuality.precisionAt(scores, positive, 2)).isEqualTo(0.5);
    assertThat(RankingQuality.precisionAt(scores, positive, 4)).isEqualTo(0.5);
  }

  @Test
  void knowsNothingWhereAllScoresAreEqual() {
    double[] scores = new double[10];
    scores[3] = -0.0;
    boolean[] positive = new boolean[10];
    positive[3] = true;
    positive[7] = true;
    RankingQuality quality = RankingQuality.of(scores, positive);
    assertThat(quality.auroc()).isEqualTo(0.5);
    assertThat(quality.averagePrecision()).isEqualTo(0.2);
    assertThat(RankingQuality.precisionAt(scores, positive, 3)).isCloseTo(0.2, within(1e-15));
  }

  @Test
  void ranksInfiniteScores() {
    double[] scores = {-INFINITY, 0, INFINITY, INFINITY};
    RankingQuality quality = RankingQuality.of(scores, new boolean[] {false, false, true, true});
    assertThat(quality.auroc()).isEqualTo(1);
    assertThat(quality.averagePrecision()).isEqualTo(1);
  }

  @Test
  void doesNotOverflowForMillionsOfPairs() {
    int n = 200_000;
    double[] scores = new double[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      scores[i] = Math.floorDiv(i, 2);
      positive[i] = i % 2 == 0;
    }
    assertThat(RankingQuality.of(scores, positive).auroc()).isCloseTo(0.5, within(1e-12));
  }

  @Property(tries = 300)
  void equalsItsDefinitions(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int n) {
    RandomStream random = RandomStream.of(seed, "scores");
    double[] scores = new double[n];
    boolean[] positive = new boolean[n];
    int levels = 1 + random.nextInt(2 * n);
    for (int i = 0; i < n; i++) {
      scores[i] = random.nextInt(levels);
      positive[i] = random.nextInt(3) == 0;
    }
    positive[0] = true;
    positive[1] = false;
    RankingQuality quality = RankingQuality.of(scores, positive);
    assertThat(quality.auroc()).isCloseTo(auroc(scores, positive), within(1e-12));
    assertThat(quality.averagePrecision())
        .isCloseTo(averagePrecision(scores, positive), within(1e-12));
    for (int k = 1; k <= n; k++) {
      assertThat(RankingQuality.precisionAt(scores, positive, k))
          .isCloseTo(precisionAt(scores, positive, k), within(1e-12));
    }
    double[] negated = Arrays.stream(scores).map(s -> -s).toArray();
    assertThat(RankingQuality.of(negated, positive).auroc() + quality.auroc())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void refusesWhatCannotBeRanked() {
    assertThatThrownBy(() -> RankingQuality.of(new double[2], new boolean[] {true, true}))
        .hasMessage("a ranking needs samples of both classes, but all 2 labels are true");
    assertThatThrownBy(() -> RankingQuality.of(new double[3], new boolean[3]))
        .hasMessage("a ranking needs samples of both classes, but all 3 labels are false");
    assertThatThrownBy(() -> RankingQuality.of(new double[3], new boolean[2]))
        .hasMessageContaining("there are 3 scores and 2 labels");
    assertThatThrownBy(() -> RankingQuality.of(new double[0], new boolean[0]))
        .hasMessageContaining("there are 0 scores and 0 labels");
    assertThatThrownBy(
            () -> RankingQuality.of(new double[] {1, Double.NaN}, new boolean[] {true, false}))
        .hasMessage("score 1 is NaN, which ranks nowhere; scores must be numbers");
    assertThatThrownBy(() -> RankingQuality.precisionAt(new double[2], new boolean[2], 3))
        .hasMessage("k must lie in 1 to 2, the number of samples, but was 3");
    assertThatThrownBy(() -> RankingQuality.precisionAt(new double[2], new boolean[2], 0))
        .hasMessageContaining("but was 0");
  }

  /** Every pair, one half for a tie. */
  private static double auroc(double[] scores, boolean[] positive) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          pairs++;
          sum += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return sum / pairs;
  }

  /** The mean over positive samples of the precision at their score. */
  private static double averagePrecision(double[] scores, boolean[] positive) {
    double sum = 0;
    int positives = 0;
    for (int i = 0; i < scores.length; i++) {
      if (positive[i]) {
        positives++;
        int above = 0;
        int right = 0;
        for (int j = 0; j < scores.length; j++) {
          above += scores[j] >= scores[i] ? 1 : 0;
          right += scores[j] >= scores[i] && positive[j] ? 1 : 0;
        }
        sum += (double) right / above;
      }
    }
    return sum / positives;
  }

  /** Each sample with the probability that it is among the first {@code k}. */
  private static double precisionAt(double[] scores, boolean[] positive, int k) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      int above = 0;
      int level = 0;
      for (double score : scores) {
        above += score > scores[i] ? 1 : 0;
        level += score == scores[i] ? 1 : 0;
      }
      double share = Math.min(1, Math.max(0, (double) (k - above) / level));
      sum += positive[i] ? share : 0;
    }
    return sum / k;
  }
}
