package io.github.autoencoder4j.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftAlarmTest {

  /** Few scores, so that p-values that forgot how few they rest on would drift by themselves. */
  private static DriftAlarm alarm(RandomStream random, double rate, long seed, boolean ties) {
    double[] scores = random.doubles(50).map(u -> ties ? Math.floor(4 * u) : u).toArray();
    return DriftAlarm.of(scores, rate, seed);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void seldomEverRaisesAFalseAlarm(boolean ties) {
    int streams = 2_000;
    double rate = 0.1;
    int raised = 0;
    for (int stream = 0; stream < streams; stream++) {
      RandomStream random = RandomStream.of(stream, "scores");
      DriftAlarm alarm = alarm(random, rate, stream, ties);
      for (int i = 0; i < 500 && !alarm.isRaised(); i++) {
        double u = random.nextDouble();
        alarm.add(ties ? Math.floor(4 * u) : u);
      }
      raised += alarm.isRaised() ? 1 : 0;
    }
    assertThat(raised / (double) streams)
        .isLessThan(rate + 4 * Math.sqrt(rate * (1 - rate) / streams))
        .as("it bets, so it must win at times")
        .isPositive();
  }

  @Test
  void theEvidenceIsExpectedToStayOne() {
    int streams = 20_000;
    double sum = 0;
    double squares = 0;
    for (int stream = 0; stream < streams; stream++) {
      RandomStream random = RandomStream.of(stream, "evidence");
      DriftAlarm alarm = alarm(random, 0.001, stream, false);
      for (int i = 0; i < 5; i++) {
        alarm.add(random.nextDouble());
      }
      sum += alarm.evidence();
      squares += alarm.evidence() * alarm.evidence();
    }
    double mean = sum / streams;
    double error = Math.sqrt((squares / streams - mean * mean) / streams);
    assertThat(mean).isCloseTo(1, within(4 * error));
    assertThat(error).isLessThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.5})
  void findsADriftUpwardsAndDownwardsAfterALongCalm(double factor) {
    RandomStream random = RandomStream.of(1, "drift");
    DriftAlarm alarm = DriftAlarm.of(exponential(random, 1_000), 0.001, 1);
    for (int i = 0; i < 20_000; i++) {
      assertThat(alarm.add(-Math.log(1 - random.nextDouble()))).isFalse();
    }
    assertThat(alarm.evidence()).isGreaterThan(1.0 / 20_002);
    int rows = 0;
    while (!alarm.isRaised() && rows < 2_000) {
      alarm.add(-factor * Math.log(1 - random.nextDouble()));
      rows++;
    }
    assertThat(rows).isLessThan(1_000);
    assertThat(alarm.watched()).isEqualTo(20_000L + rows);
    assertThat(alarm.add(0.5)).as("stays raised").isTrue();
  }

  private static double[] exponential(RandomStream random, int n) {
    return random.doubles(n).map(u -> -Math.log(1 - u)).toArray();
  }

  @Test
  void aFewAnomaliesAreNoDrift() {
    RandomStream random = RandomStream.of(2, "anomalies");
    DriftAlarm alarm = DriftAlarm.of(exponential(random, 1_000), 0.01, 1);
    for (int i = 0; i < 5_000; i++) {
      alarm.add(i % 200 == 0 ? Double.POSITIVE_INFINITY : -Math.log(1 - random.nextDouble()));
    }
    assertThat(alarm.isRaised()).isFalse();
  }

  @Test
  void refusesWhatIsNoNumberAndRatesThatAreNone() {
    double[] scores = {1, 2};
    assertThatThrownBy(() -> DriftAlarm.of(new double[0], 0.1, 1))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> DriftAlarm.of(new double[] {Double.NaN}, 0.1, 1))
        .hasMessageContaining("NaN");
    for (double rate : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> DriftAlarm.of(scores, rate, 1)).hasMessageContaining("" + rate);
    }
    assertThatThrownBy(() -> DriftAlarm.of(scores, 0.1, 1).add(Double.NaN))
        .hasMessageContaining("NaN");
  }
}
