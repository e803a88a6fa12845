package io.github.autoencoder4j.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.internal.numerics.Cholesky;
import io.github.autoencoder4j.internal.numerics.Covariance;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GaussianTest {

  private static final int DRAWS = 40_000;

  @Property(tries = 20)
  void drawsHaveTheMomentsOfTheCodes(@ForAll long seed, @ForAll @IntRange(min = 3, max = 9) int n) {
    float[][] codes = correlated(seed, n, 4);
    double[][] covariance = covariance(codes);
    double trace = IntStream.range(0, 4).mapToDouble(i -> covariance[i][i]).sum();
    double tolerance = 0.05 * trace;
    for (LatentSampler sampler :
        List.of(
            Gaussian.lowRank(codes), Gaussian.diagonal(codes), Gaussian.shrinkage(codes, 0.25))) {
      assertThat(sampler.latentSize()).isEqualTo(4);
      float[][] draws = sampler.sample(DRAWS, 3);
      double[] mean = Codes.mean(draws);
      double[][] drawn = covariance(draws);
      for (int i = 0; i < 4; i++) {
        assertThat(mean[i]).isCloseTo(Codes.mean(codes)[i], within(0.03 * Math.sqrt(trace)));
        for (int j = 0; j < 4; j++) {
          double expected = covariance[i][j];
          if (sampler instanceof DiagonalGaussian) {
            expected = i == j ? expected : 0;
          } else if (sampler instanceof ShrunkGaussian) {
            expected = 0.75 * expected + (i == j ? 0.25 * trace / 4 : 0);
          }
          assertThat(drawn[i][j]).isCloseTo(expected, within(tolerance));
        }
      }
    }
  }

  @Property(tries = 20)
  void lowRankDrawsLieInTheSpanOfTheCodes(@ForAll long seed) {
    float[][] codes = correlated(seed, 6, 20);
    double[] mean = Codes.mean(codes);
    double[][] basis = basis(codes, mean);
    for (float[] draw : Gaussian.lowRank(codes).sample(20, seed)) {
      double[] rest = new double[20];
      for (int i = 0; i < 20; i++) {
        rest[i] = draw[i] - mean[i];
      }
      assertThat(norm(rest)).isGreaterThan(0.01);
      for (double[] direction : basis) {
        Covariance.addScaled(rest, -dot(rest, direction), direction);
      }
      assertThat(norm(rest)).isLessThan(1e-5);
    }
    // Not so with shrinkage, which reaches every direction.
    double[] rest = new double[20];
    float[] draw = Gaussian.shrinkage(codes, 0.5).sample(1, seed)[0];
    for (int i = 0; i < 20; i++) {
      rest[i] = draw[i] - mean[i];
    }
    for (double[] direction : basis) {
      Covariance.addScaled(rest, -dot(rest, direction), direction);
    }
    assertThat(norm(rest)).isGreaterThan(0.01);
  }

  @Property(tries = 40)
  void shrunkDensityEqualsTheDirectFormula(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 12) int n,
      @ForAll @IntRange(min = 1, max = 8) int d,
      @ForAll @DoubleRange(min = 0.01, max = 1) double a) {
    float[][] codes = correlated(seed, n, d);
    double[][] matrix = covariance(codes);
    double trace = IntStream.range(0, d).mapToDouble(i -> matrix[i][i]).sum();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        matrix[i][j] = (1 - a) * matrix[i][j] + (i == j ? a * trace / d : 0);
      }
    }
    float[] latent = correlated(seed + 1, 2, d)[0];
    double[] mean = Codes.mean(codes);
    double[] x = new double[d];
    for (int i = 0; i < d; i++) {
      x[i] = latent[i] - mean[i];
    }
    Cholesky cholesky = Cholesky.of(matrix);
    double expected =
        -0.5
            * (d * Math.log(2 * Math.PI)
                + cholesky.logDeterminant()
                + cholesky.inverseQuadraticForm(x));
    double actual = Gaussian.shrinkage(codes, a).logDensity(latent);
    assertThat(actual).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
    double ofMoments = Gaussian.shrinkage(mean, covariance(codes), a).logDensity(latent);
    assertThat(ofMoments).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
  }

  @Test
  void momentsThatCannotBeAreRefused() {
    double[] mean = {0, 1};
    double[][] one = {{1, 0}, {0, 1}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.shrinkage(mean, one, 0))
        .withMessage("shrinkage must lie in (0, 1], but was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.shrinkage(mean, new double[][] {{1}}, 0.5))
        .withMessageContaining("but has 1 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.shrinkage(mean, new double[][] {{1, 0}, {0}}, 0.5))
        .withMessageContaining("that row of the covariance 1 values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.shrinkage(mean, new double[][] {{1, 0}, {0, Double.NaN}}, 0.5))
        .withMessageContaining("NaN in row 1 and column 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.shrinkage(mean, new double[2][2], 0.5))
        .withMessageContaining("all equal");
  }

  @Test
  void densitiesIntegrateToOne() {
    float[][] codes = correlated(5, 30, 2);
    for (LatentDensity density :
        List.of(
            Gaussian.diagonal(codes),
            Gaussian.shrinkage(codes),
            Gaussian.shrinkage(codes, 0.3),
            GaussianMixture.components(3).regularization(0.01).fit(codes, 1),
            GaussianMixture.components(2).diagonal().regularization(0.01).fit(codes, 1))) {
      assertThat(integral(density)).isCloseTo(1, within(2e-3));
    }
  }

  @Property(tries = 20)
  void defaultShrinkageIsThatOfLedoitAndWolf(
      @ForAll long seed,
      @ForAll @IntRange(min = 3, max = 12) int n,
      @ForAll @IntRange(min = 2, max = 8) int d) {
    float[][] codes = correlated(seed, n, d);
    assertThat(Covariance.of(codes).shrinkage).isCloseTo(ledoitWolf(codes), within(1e-6));
  }

  @Test
  void shrinkageFallsWithTheNumberOfCodes() {
    double few = Covariance.of(correlated(1, 20, 10)).shrinkage;
    double many = Covariance.of(correlated(1, 2_000, 10)).shrinkage;
    assertThat(few).isBetween(0.02, 1.0);
    assertThat(many).isBetween(0.0, few / 10);
    // Two codes mirror each other, so their spread cannot be estimated: the formula gives 0.
    assertThat(Gaussian.shrinkage(correlated(1, 2, 3)).logDensity(new float[3])).isFinite();
  }

  @Test
  void sameSeedSameDraws() {
    float[][] codes = correlated(1, 5, 3);
    for (LatentSampler sampler :
        List.of(
            Gaussian.lowRank(codes), Gaussian.diagonal(codes), Gaussian.shrinkage(codes, 0.5))) {
      assertThat(sampler.sample(3, 7)).isDeepEqualTo(sampler.sample(3, 7));
      assertThat(sampler.sample(1, 7)[0]).isNotEqualTo(sampler.sample(1, 8)[0]);
      assertThat(sampler.sample(0, 7)).isEmpty();
    }
  }

  @Test
  void powerNormalizedDrawsHaveUnitPower() {
    LatentSampler sampler = Gaussian.lowRank(correlated(1, 5, 16)).powerNormalized();
    for (float[] draw : sampler.sample(50, 1)) {
      assertThat(Interpolation.norm(draw)).isCloseTo(4, within(1e-5));
    }
    assertThat(sampler.latentSize()).isEqualTo(16);
    assertThat(sampler.powerNormalized()).isSameAs(sampler);
  }

  @Test
  void constantEntriesStayConstantAndHaveNoDensity() {
    float[][] codes = {{1, 5}, {2, 5}, {4, 5}};
    LatentDensity diagonal = Gaussian.diagonal(codes);
    for (LatentSampler sampler : List.of(diagonal, Gaussian.lowRank(codes))) {
      for (float[] draw : sampler.sample(3, 1)) {
        assertThat(draw[1]).isEqualTo(5);
      }
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> diagonal.logDensity(new float[] {1, 5}))
        .withMessageContaining("entry 1")
        .withMessageContaining("shrinkage");
  }

  @Test
  void rejectsCodesThatCannotBeFitted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.lowRank(new float[1][3]))
        .withMessageContaining("at least 2 codes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.diagonal(new float[4][3]))
        .withMessageContaining("collapse");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.lowRank(new float[4][3]))
        .withMessageContaining("collapse");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.shrinkage(new float[][] {{1, Float.NaN}, {2, 3}}))
        .withMessageContaining("code 0 holds NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.shrinkage(new float[][] {{1, 2}, {2}}))
        .withMessageContaining("code 1 has 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.shrinkage(correlated(1, 3, 2), 0))
        .withMessageContaining("(0, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.shrinkage(correlated(1, 3, 2), 1.1));
    LatentDensity density = Gaussian.diagonal(correlated(1, 3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> density.sample(-1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> density.logDensity(new float[3]))
        .withMessageContaining("2 values");
  }

  /** Codes whose entries share a common part. */
  static float[][] correlated(long seed, int n, int d) {
    RandomStream random = RandomStream.of(seed, "codes");
    float[][] codes = new float[n][d];
    for (float[] code : codes) {
      double common = random.nextGaussian();
      for (int i = 0; i < d; i++) {
        code[i] = (float) (common + 0.5 * random.nextGaussian() + i % 3);
      }
    }
    return codes;
  }

  static double[][] covariance(float[][] codes) {
    int d = codes[0].length;
    double[] mean = Codes.mean(codes);
    double[][] covariance = new double[d][d];
    for (float[] code : codes) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i][j] += (code[i] - mean[i]) * (code[j] - mean[j]) / (codes.length - 1);
        }
      }
    }
    return covariance;
  }

  static double integral(LatentDensity density) {
    double step = 0.05;
    double sum = 0;
    for (double x = -9; x < 11; x += step) {
      for (double y = -9; y < 11; y += step) {
        sum += Math.exp(density.logDensity(new float[] {(float) x, (float) y})) * step * step;
      }
    }
    return sum;
  }

  /** The definition, with every matrix written out and 1 / n throughout. */
  private static double ledoitWolf(float[][] codes) {
    int n = codes.length;
    int d = codes[0].length;
    double[] mean = Codes.mean(codes);
    double[][] s = covariance(codes);
    double trace = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        s[i][j] *= (n - 1.0) / n;
      }
      trace += s[i][i];
    }
    double spread = 0;
    double error = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        spread += Math.pow(s[i][j] - (i == j ? trace / d : 0), 2);
        for (float[] code : codes) {
          error += Math.pow((code[i] - mean[i]) * (code[j] - mean[j]) - s[i][j], 2) / n / n;
        }
      }
    }
    return Math.min(1, error / spread);
  }

  private static double[][] basis(float[][] codes, double[] mean) {
    double[][] basis = new double[codes.length - 1][mean.length];
    for (int k = 0; k < basis.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        basis[k][i] = codes[k][i] - mean[i];
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          Covariance.addScaled(basis[k], -dot(basis[k], basis[j]), basis[j]);
        }
      }
      double norm = norm(basis[k]);
      for (int i = 0; i < mean.length; i++) {
        basis[k][i] /= norm;
      }
    }
    return basis;
  }

  private static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
