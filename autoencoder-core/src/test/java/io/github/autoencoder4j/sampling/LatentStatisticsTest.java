package io.github.autoencoder4j.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LatentStatisticsTest {

  @Test
  void describesCodes() {
    LatentStatistics statistics = LatentStatistics.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    assertThat(statistics.count()).isEqualTo(3);
    assertThat(statistics.latentSize()).isEqualTo(2);
    assertThat(statistics.mean()).isCloseTo(3.5, within(1e-12));
    assertThat(statistics.std()).isCloseTo(Math.sqrt(17.5 / 6), within(1e-12));
    assertThat(statistics.covarianceRank()).isEqualTo(1);
  }

  @Property(tries = 40)
  void rankIsWhatTheCodesCanSpan(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 40) int d) {
    float[][] codes = GaussianTest.correlated(seed, n, d);
    assertThat(LatentStatistics.of(codes).covarianceRank()).isEqualTo(Math.min(n - 1, d));
  }

  @Test
  void fewCodesInManyDimensionsLoseOneRankToTheMean() {
    float[][] codes = GaussianTest.correlated(1, 256, 1_024);
    assertThat(LatentStatistics.of(codes).covarianceRank()).isEqualTo(255);
  }

  @Test
  void rejectsCodesWithoutSpread() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatentStatistics.of(new float[3][2]))
        .withMessageContaining("all equal");
  }
}
