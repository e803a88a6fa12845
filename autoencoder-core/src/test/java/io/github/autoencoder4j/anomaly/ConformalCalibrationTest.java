package io.github.autoencoder4j.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformalCalibrationTest {

  private static final int SPLITS = 200;

  @Test
  void hasTheValuesComputedByHand() {
    ConformalCalibration calibration = ConformalCalibration.of(new double[] {3, 1, 2, 2});
    assertThat(calibration.size()).isEqualTo(4);
    assertThat(calibration.pValues(new double[] {0, 1, 2, 2.5, 3, 4}))
        .containsExactly(1, 1, 0.8, 0.4, 0.4, 0.2);
    assertThat(calibration.threshold(0.2)).isEqualTo(3);
    assertThat(calibration.threshold(0.4)).isEqualTo(2);
    assertThat(calibration.isAnomaly(3, 0.2)).isFalse();
    assertThat(calibration.isAnomaly(3.1, 0.2)).isTrue();
    assertThat(calibration.isAnomaly(Double.POSITIVE_INFINITY, 0.2)).isTrue();
  }

  @Property(tries = 500)
  void theThresholdSaysWhatThePValueSays(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(min = 1, max = 300) int part,
      @ForAll @IntRange(min = 1, max = 40) int levels) {
    RandomStream random = RandomStream.of(seed, "scores");
    double[] scores = random.doubles(n).map(u -> Math.floor(u * levels)).toArray();
    ConformalCalibration calibration = ConformalCalibration.of(scores);
    // Rates that are, or nearly are, p-values: where rounding could tell them apart.
    double rate = Math.min(0.999, Math.max(1.0, part % (n + 1)) / (n + 1));
    for (double score = -0.5; score <= levels; score += 0.5) {
      assertThat(calibration.isAnomaly(score, rate)).isEqualTo(calibration.pValue(score) <= rate);
      assertThat(score > calibration.threshold(rate)).isEqualTo(calibration.pValue(score) <= rate);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.10})
  void keepsTheRateOfFalseAlarmsOverRandomSplits(double rate) {
    // Skewed scores of normal rows, as of squared errors; ties among them.
    RandomStream random = RandomStream.of(11, "normal scores");
    int n = 499;
    int fresh = 500;
    double alarms = 0;
    double discrete = 0;
    for (int split = 0; split < SPLITS; split++) {
      double[] scores =
          random.doubles(n + fresh).map(u -> -Math.log(1 - u) * Math.exp(2 * u)).toArray();
      alarms += falseAlarms(scores, n, rate);
      discrete += falseAlarms(Arrays.stream(scores).map(Math::floor).toArray(), n, rate);
    }
    // Given its calibration set the rate is Beta(j, n + 1 - j); fresh rows add a binomial error.
    double mean = Math.floor(rate * (n + 1)) / (n + 1);
    double variance = mean * (1 - mean) * (1.0 / (n + 2) + 1.0 / fresh);
    double error = 4 * Math.sqrt(variance / SPLITS);
    assertThat(alarms / SPLITS).isCloseTo(mean, within(error));
    assertThat(mean).isCloseTo(rate, within(1e-12));
    // Ties make it careful, never more.
    assertThat(discrete / SPLITS).isLessThan(rate + error);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.10})
  void keepsTheRateForRowsThatAScorerJudged(double rate) {
    // One pool of normal rows, split anew each time into rows to fit, to calibrate and to test.
    RandomStream random = RandomStream.of(5, "normal rows");
    float[][] pool = new float[900][6];
    for (float[] row : pool) {
      float factor = (float) random.nextGaussian();
      for (int j = 0; j < row.length; j++) {
        row[j] = factor + (float) (random.nextGaussian() * (j + 1));
      }
    }
    double alarms = 0;
    for (int split = 0; split < SPLITS; split++) {
      for (int i = pool.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        float[] row = pool[i];
        pool[i] = pool[other];
        pool[other] = row;
      }
      AnomalyScorer scorer = AnomalyBaselines.mahalanobis(Arrays.copyOf(pool, 201));
      double[] scores = scorer.scores(Arrays.copyOfRange(pool, 201, 900));
      alarms += falseAlarms(scores, 399, rate);
    }
    // The pool is finite and used again, which only lessens the spread.
    double variance = rate * (1 - rate) * (1.0 / 401 + 1.0 / 300);
    assertThat(alarms / SPLITS).isCloseTo(rate, within(4 * Math.sqrt(variance / SPLITS)));
  }

  @Property(tries = 100)
  void neverPromisesMoreThanExchangeableRowsKeep(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @DoubleRange(min = 0.02, max = 0.98) double rate) {
    // Of n + 1 distinct scores each is as likely to be the new one: counted, not drawn.
    int alarms = 0;
    for (int fresh = 0; fresh <= n; fresh++) {
      int left = fresh;
      double[] rest = IntStream.rangeClosed(0, n).filter(i -> i != left).asDoubleStream().toArray();
      alarms += ConformalCalibration.of(rest).pValue(fresh) <= rate ? 1 : 0;
    }
    assertThat(alarms / (n + 1.0)).isLessThanOrEqualTo(rate);
    assertThat((alarms + 1) / (n + 1.0)).isGreaterThan(rate);
  }

  @Test
  void tellsHowManyScoresALevelNeeds() {
    ConformalCalibration few = ConformalCalibration.of(new double[98]);
    assertThatThrownBy(() -> few.threshold(0.01))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "98 calibration scores are too few for a false-alarm rate of 0.01: the smallest p-value"
                + " is 1 / 99; give at least 99, or allow a rate of at least 0.0101");
    assertThat(ConformalCalibration.of(new double[99]).threshold(0.01)).isZero();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThatThrownBy(() -> few.isAnomaly(1, 0.001)).hasMessageContaining("at least 999, or");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void refusesWhatItCannotCalibrate() {
    ConformalCalibration calibration = ConformalCalibration.of(new double[9]);
    assertThatThrownBy(() -> ConformalCalibration.of(new double[0]))
        .hasMessageContaining("score at least one held-out normal row");
    assertThatThrownBy(() -> ConformalCalibration.of(new double[] {1, Double.NaN}))
        .hasMessage("calibration score 1 is NaN; scores must be numbers");
    assertThatThrownBy(() -> calibration.pValue(Double.NaN))
        .hasMessage("the score is NaN; scores must be numbers");
    for (double rate : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> calibration.threshold(rate))
          .hasMessage("the rate of false alarms must lie between 0 and 1, but was " + rate);
    }
  }

  private static double falseAlarms(double[] scores, int calibrating, double rate) {
    ConformalCalibration calibration = ConformalCalibration.of(Arrays.copyOf(scores, calibrating));
    double[] fresh = Arrays.copyOfRange(scores, calibrating, scores.length);
    return (double) Arrays.stream(fresh).filter(s -> calibration.isAnomaly(s, rate)).count()
        / fresh.length;
  }
}
