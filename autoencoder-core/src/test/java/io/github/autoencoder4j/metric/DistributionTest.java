package io.github.autoencoder4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void describesValues() {
    double[] values = new double[101];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 - i;
    }
    Distribution distribution = Distribution.of(values);
    assertThat(distribution.mean()).isEqualTo(50);
    assertThat(distribution.median()).isEqualTo(50);
    assertThat(distribution.percentile5()).isEqualTo(5);
    assertThat(distribution.percentile95()).isEqualTo(95);
    assertThat(distribution.std()).isCloseTo(Math.sqrt(850), within(1e-9));
    assertThat(distribution.count()).isEqualTo(101);
    assertThat(values[0]).as("the caller's array stays as it was").isEqualTo(100);
  }

  @Test
  void spreadsAroundAMeanThatIsNotZero() {
    assertThat(Distribution.of(7, 9).std()).isEqualTo(1);
    assertThat(Distribution.of(4).std()).isEqualTo(0);
  }

  @Test
  void rejectsNothingAndNaN() {
    assertThatIllegalArgumentException()
        .isThrownBy(Distribution::of)
        .withMessageContaining("no values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.of(1, Double.NaN))
        .withMessageContaining("value 1 is NaN");
  }
}
