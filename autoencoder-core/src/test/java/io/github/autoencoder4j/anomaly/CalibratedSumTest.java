package io.github.autoencoder4j.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.metric.RankingQuality;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CalibratedSumTest {

  @Test
  void hasTheValuesComputedByHand() {
    // 1 to 20: two of them, 19 and 20, exceed 18 by 1.5 on average.
    double[][] held = new double[20][1];
    Arrays.setAll(held, i -> new double[] {i + 1});
    CalibratedSum sum = CalibratedSum.of(held);
    assertThat(sum.score(-5)).isZero();
    assertThat(sum.score(1)).isZero();
    assertThat(sum.score(11)).isCloseTo(-Math.log(10.0 / 20), within(1e-12));
    assertThat(sum.score(11.5))
        .isCloseTo(-(Math.log(10.0 / 20) + Math.log(9.0 / 20)) / 2, within(1e-12));
    assertThat(sum.score(18)).isCloseTo(-Math.log(3.0 / 20), within(1e-12));
    assertThat(sum.score(24)).isCloseTo(-Math.log(3.0 / 20) + 6 / 1.5, within(1e-12));
  }

  @Property(tries = 50)
  void neverFallsWhereAScoreRises(@ForAll long seed) {
    RandomStream random = RandomStream.of(seed, "held out");
    double[][] held = new double[20 + random.nextInt(50)][2];
    int levels = 1 + random.nextInt(20);
    for (double[] row : held) {
      row[0] = random.nextInt(levels);
      row[1] = random.nextGaussian();
    }
    CalibratedSum sum = CalibratedSum.of(held);
    double before = -1;
    for (double score = -2; score < levels + 3; score += 0.25) {
      double now = sum.score(score, 0.5);
      assertThat(now).isGreaterThanOrEqualTo(before);
      assertThat(Arrays.stream(sum.parts(score, 0.5)).sum()).isCloseTo(now, within(1e-12));
      before = now;
    }
    // Beyond all that were held out scores are still told apart.
    assertThat(sum.score(levels + 5, 0.5)).isGreaterThan(sum.score(levels + 4, 0.5));
  }

  @Test
  void takesTheUnitsOfTheScoresAway() {
    RandomStream random = RandomStream.of(1, "held out");
    double[][] held = new double[100][2];
    double[][] scaled = new double[100][2];
    for (int i = 0; i < 100; i++) {
      held[i][0] = random.nextGaussian();
      held[i][1] = random.nextGaussian();
      scaled[i][0] = 4096 * held[i][0] + 7;
      scaled[i][1] = held[i][1] / 4096;
    }
    assertThat(CalibratedSum.of(scaled).score(4096 * 2.5 + 7, 1.5 / 4096))
        .isCloseTo(CalibratedSum.of(held).score(2.5, 1.5), within(1e-9));
  }

  @Test
  void findsWhatEitherScoreFinds() {
    RandomStream random = RandomStream.of(2, "rows");
    double[][] held = new double[500][2];
    for (double[] row : held) {
      row[0] = Math.exp(random.nextGaussian());
      row[1] = 1_000 * Math.abs(random.nextGaussian());
    }
    CalibratedSum sum = CalibratedSum.of(held);
    boolean[] odd = new boolean[600];
    double[][] parts = new double[3][600];
    for (int i = 0; i < 600; i++) {
      odd[i] = i < 60;
      parts[0][i] = Math.exp(random.nextGaussian() + (i < 30 ? 3 : 0));
      parts[1][i] = 1_000 * (Math.abs(random.nextGaussian()) + (i >= 30 && i < 60 ? 3 : 0));
      parts[2][i] = sum.score(parts[0][i], parts[1][i]);
    }
    double first = RankingQuality.of(parts[0], odd).auroc();
    double second = RankingQuality.of(parts[1], odd).auroc();
    assertThat(RankingQuality.of(parts[2], odd).auroc())
        .isGreaterThan(0.95)
        .isGreaterThan(Math.max(first, second) + 0.1);
  }

  @Test
  void ranksWhereAllHeldOutScoresAreEqual() {
    double[][] held = new double[30][1];
    CalibratedSum zeros = CalibratedSum.of(held);
    assertThat(zeros.score(0)).isZero();
    assertThat(zeros.score(2)).isFinite().isGreaterThan(zeros.score(1));
    assertThat(zeros.score(1)).isPositive();
  }

  @Test
  void refusesWhatItCannotCompare() {
    CalibratedSum sum = CalibratedSum.of(new double[20][2]);
    assertThatThrownBy(() -> CalibratedSum.of(new double[19][1]))
        .hasMessage(
            "at least 20 held-out rows are needed to tell how rare scores are, but there are 19");
    assertThatThrownBy(() -> CalibratedSum.of(new double[20][0]))
        .hasMessageContaining("row 0 has no scores");
    double[][] ragged = new double[20][2];
    ragged[3] = new double[1];
    assertThatThrownBy(() -> CalibratedSum.of(ragged))
        .hasMessage("a row must have 2 scores, but held-out row 3 has 1");
    double[][] infinite = new double[20][2];
    infinite[4][1] = Double.POSITIVE_INFINITY;
    assertThatThrownBy(() -> CalibratedSum.of(infinite))
        .hasMessage("held-out row 4 has a score of Infinity at 1; scores must be finite");
    assertThatThrownBy(() -> sum.score(1))
        .hasMessage("a row must have 2 scores, but the row has 1");
    assertThatThrownBy(() -> sum.parts(1, Double.NaN))
        .hasMessage("the row has a score of NaN at 1; scores must be finite");
  }
}
