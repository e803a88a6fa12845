package io.github.autoencoder4j.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {

  @Property(tries = 30)
  void findsClustersApart(@ForAll long seed, @ForAll boolean diagonal) {
    GaussianMixture.Builder settings = GaussianMixture.components(2);
    GaussianMixture mixture = (diagonal ? settings.diagonal() : settings).fit(clusters(), seed);
    int large = mixture.weights()[0] > 0.5 ? 0 : 1;
    assertThat(mixture.weights()[large]).isCloseTo(0.75, within(0.01));
    assertThat(mixture.means()[large]).containsExactly(new double[] {0, 0}, within(0.2));
    assertThat(mixture.means()[1 - large]).containsExactly(new double[] {20, -20}, within(0.4));
    float[][] draws = mixture.sample(4_000, seed);
    assertThat(Arrays.stream(draws).filter(z -> z[0] > 10).count() / 4_000.0)
        .isCloseTo(0.25, within(0.05));
  }

  @Test
  void oneComponentIsTheGaussianOfTheCodes() {
    float[][] codes = GaussianTest.correlated(1, 200, 3);
    GaussianMixture mixture =
        GaussianMixture.components(1).regularization(1e-12).tolerance(0).fit(codes, 1);
    assertThat(mixture.weights()[0]).isCloseTo(1, within(1e-9));
    assertThat(mixture.means()[0]).containsExactly(Codes.mean(codes), within(1e-6));
    double[][] expected = GaussianTest.covariance(codes);
    double[][] drawn = GaussianTest.covariance(mixture.sample(50_000, 1));
    for (int i = 0; i < 3; i++) {
      assertThat(drawn[i]).containsExactly(expected[i], within(0.05));
    }
  }

  @Property(tries = 20)
  void likelihoodNeverFalls(@ForAll long seed, @ForAll @IntRange(min = 1, max = 15) int steps) {
    float[][] codes = GaussianTest.correlated(seed, 60, 2);
    GaussianMixture.Builder settings = GaussianMixture.components(3).tolerance(0);
    double before = settings.maxIterations(steps).fit(codes, seed).meanLogLikelihood();
    GaussianMixture after = settings.maxIterations(steps + 1).fit(codes, seed);
    // The added variance makes the steps not quite those of plain maximum likelihood.
    assertThat(after.meanLogLikelihood()).isGreaterThanOrEqualTo(before - 1e-3);
    double mean = Arrays.stream(codes).mapToDouble(after::logDensity).average().orElseThrow();
    assertThat(after.meanLogLikelihood()).isCloseTo(mean, within(1e-9));
  }

  @Test
  void sameSeedSameMixture() {
    float[][] codes = GaussianTest.correlated(1, 100, 4);
    GaussianMixture first = GaussianMixture.components(5).fit(codes, 7);
    GaussianMixture second = GaussianMixture.components(5).fit(codes, 7);
    assertThat(first.means()).isDeepEqualTo(second.means());
    assertThat(first.sample(5, 3)).isDeepEqualTo(second.sample(5, 3));
    assertThat(first.latentSize()).isEqualTo(4);
    assertThat(first.iterations()).isBetween(1, 100);
  }

  @Test
  void survivesEqualCodesAndSpareComponents() {
    float[][] codes = new float[50][];
    Arrays.setAll(codes, i -> i < 25 ? new float[] {0, 0, 0} : new float[] {1, 1, 1});
    GaussianMixture mixture = GaussianMixture.components(4).fit(codes, 1);
    assertThat(mixture.logDensity(new float[] {0, 0, 0})).isFinite();
    assertThat(Arrays.stream(mixture.weights()).sum()).isCloseTo(1, within(1e-6));
    for (float[] draw : mixture.sample(20, 1)) {
      assertThat(draw[0]).isFinite();
    }
  }

  @Test
  void rejectsSettingsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GaussianMixture.components(0))
        .withMessageContaining("at least 1");
    GaussianMixture.Builder settings = GaussianMixture.components(3);
    assertThatIllegalArgumentException().isThrownBy(() -> settings.regularization(0));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.regularization(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.maxIterations(0));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.tolerance(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.fit(new float[2][2], 1))
        .withMessageContaining("at least 3 codes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.fit(new float[5][2], 1))
        .withMessageContaining("all equal");
    GaussianMixture mixture = settings.fit(GaussianTest.correlated(1, 9, 2), 1);
    assertThatIllegalArgumentException().isThrownBy(() -> mixture.logDensity(new float[1]));
    assertThatIllegalArgumentException().isThrownBy(() -> mixture.sample(-1, 1));
  }

  /** Three in four at the origin, one in four far away. */
  private static float[][] clusters() {
    RandomStream random = RandomStream.of(1, "clusters");
    float[][] codes = new float[400][];
    for (int i = 0; i < codes.length; i++) {
      float centre = i % 4 == 0 ? 20 : 0;
      codes[i] =
          new float[] {
            (float) (centre + random.nextGaussian()), (float) (-centre + random.nextGaussian())
          };
    }
    return codes;
  }
}
