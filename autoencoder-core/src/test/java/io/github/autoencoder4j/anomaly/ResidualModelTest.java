package io.github.autoencoder4j.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.internal.numerics.Cholesky;
import io.github.autoencoder4j.internal.numerics.Covariance;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResidualModelTest {

  /** Means 1 and -2, deviations 1 and 2, no correlation: nothing to shrink. */
  private static final float[][] SQUARE = {{2, 0}, {0, -4}, {2, -4}, {0, 0}};

  @Test
  void hasTheClosedFormsOfIndependentResiduals() {
    ResidualModel model = ResidualModel.fit(SQUARE);
    float[] residual = {4, 2};
    assertThat(model.squared().split(residual)).containsExactly(16, 4);
    assertThat(model.squared().score(residual)).isEqualTo(20);
    assertThat(model.diagonal().split(residual)).containsExactly(9, 4);
    assertThat(model.diagonal().score(residual)).isEqualTo(13);
    // The covariance with 1 / (n - 1) of the standardised rows is 4/3 I, however much it is shrunk.
    assertThat(model.mahalanobis().split(residual))
        .containsExactly(new double[] {9 * 0.75, 4 * 0.75}, within(1e-9));
    assertThat(model.scores(residual)).containsExactly(new double[] {20, 13, 9.75}, within(1e-9));
    assertThat(model.squared().columns()).isEqualTo(2);
  }

  @Property(tries = 60)
  void mahalanobisEqualsTheDirectFormula(
      @ForAll long seed,
      @ForAll @IntRange(min = 3, max = 30) int n,
      @ForAll @IntRange(min = 1, max = 12) int d) {
    float[][] residuals = correlated(seed, n, d);
    float[] residual = correlated(seed + 1, 1, d)[0];
    Standardization standardization = Standardization.fit(residuals, 0.01);
    float[][] z = standardization.apply(residuals);
    double a = Math.max(1e-6, Covariance.of(z).shrinkage);
    double[][] matrix = new double[d][d];
    double trace = 0;
    for (float[] row : z) {
      for (int i = 0; i < d; i++) {
        trace += (double) row[i] * row[i] / (n - 1);
        for (int j = 0; j < d; j++) {
          matrix[i][j] += (1 - a) * row[i] * row[j] / (n - 1);
        }
      }
    }
    for (int i = 0; i < d; i++) {
      matrix[i][i] += a * trace / d;
    }
    double[] x = new double[d];
    Arrays.setAll(x, j -> standardization.apply(residual, j));
    double[] solved = x.clone();
    Cholesky.of(matrix).solve(solved);
    double[] split = ResidualModel.fit(residuals).mahalanobis().split(residual);
    double scale = Arrays.stream(split).map(Math::abs).sum();
    for (int j = 0; j < d; j++) {
      assertThat(split[j]).isCloseTo(x[j] * solved[j], within(1e-4 * (1 + scale)));
    }
  }

  @Property(tries = 60)
  void splitsSumToTheScore(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 30) int d) {
    ResidualModel model = ResidualModel.fit(correlated(seed, n, d));
    float[] residual = correlated(seed + 1, 1, d)[0];
    for (ColumnScorer scorer : List.of(model.squared(), model.diagonal(), model.mahalanobis())) {
      double score = scorer.score(residual);
      assertThat(score).isNotNegative();
      assertThat(Arrays.stream(scorer.split(residual)).sum())
          .isCloseTo(score, within(1e-9 * (1 + score)));
    }
  }

  @Test
  void nameTheColumnThatWasDisturbed() {
    int d = 20;
    ResidualModel model = ResidualModel.fit(correlated(1, 1_000, d));
    float[][] rows = correlated(2, 500, d);
    int diagonal = 0;
    int mahalanobis = 0;
    for (int i = 0; i < rows.length; i++) {
      // Columns have deviations of 1.04 and more; by six of them.
      int column = i % d;
      rows[i][column] += 6 * 1.1f * (1 + column);
      diagonal += largest(model.diagonal().split(rows[i])) == column ? 1 : 0;
      mahalanobis += largest(model.mahalanobis().split(rows[i])) == column ? 1 : 0;
    }
    assertThat(diagonal / 500.0).isGreaterThan(0.95);
    assertThat(mahalanobis / 500.0).isGreaterThan(0.99);
  }

  @Test
  void countsColumnsThatWereAlwaysExactMuchButNotInfinitely() {
    float[][] residuals = {{1, 0.1f, 0.1f}, {-1, 0.1f, 0.1f}, {1, 0.1f, 0.1f}, {-1, 0.1f, 0.1f}};
    ResidualModel model = ResidualModel.fit(residuals);
    assertThat(model.diagonal().split(new float[] {0, 1.1f, 0.1f}))
        .containsExactly(new double[] {0, 1e4, 0}, within(1e-2));
    assertThat(model.mahalanobis().score(new float[] {0, 1.1f, 0.1f})).isFinite();
  }

  @Test
  void measuresTheDistanceOfCodesAsTheyAre() {
    float[][] codes = {{0, 0}, {0, 1}, {0, 2}, {100, 0}};
    ResidualModel model = ResidualModel.fit(SQUARE, codes, 2);
    assertThat(model.scores(new float[] {4, 2}, new float[] {3, 0}))
        .containsExactly(new double[] {20, 13, 9.75, Math.sqrt(10)}, within(1e-9));
    assertThat(model.scores(SQUARE, codes)[3][3]).isEqualTo(100);
  }

  @Test
  void scoresOfOneRowAreThoseOfMany() {
    float[][] residuals = correlated(3, 40, 5);
    float[][] codes = correlated(4, 40, 2);
    ResidualModel without = ResidualModel.fit(residuals);
    ResidualModel with = ResidualModel.fit(residuals, codes, 3);
    double[][] three = without.scores(residuals);
    double[][] four = with.scores(residuals, codes);
    for (int i = 0; i < 40; i++) {
      assertThat(without.scores(residuals[i])).containsExactly(three[i]);
      assertThat(with.scores(residuals[i], codes[i])).containsExactly(four[i]);
      assertThat(Arrays.copyOf(four[i], 3)).containsExactly(three[i]);
    }
  }

  @Test
  void refusesWhatItCannotJudge() {
    ResidualModel without = ResidualModel.fit(SQUARE);
    ResidualModel with = ResidualModel.fit(SQUARE, SQUARE, 1);
    assertThatThrownBy(() -> ResidualModel.fit(new float[3][2]))
        .hasMessage("the 3 normal rows are all equal, so there is no spread to judge others by");
    assertThatThrownBy(() -> ResidualModel.fit(new float[1][2]))
        .hasMessage("at least 2 normal rows are needed, but there are 1");
    assertThatThrownBy(() -> ResidualModel.fit(SQUARE, new float[3][1], 1))
        .hasMessage("there must be one code a residual, but there are 4 residuals and 3 codes");
    assertThatThrownBy(() -> ResidualModel.fit(SQUARE, SQUARE, 5))
        .hasMessage("k must lie in 1 to 4, the number of normal rows, but was 5");
    assertThatThrownBy(() -> without.scores(new float[3]))
        .hasMessage("a row must have 2 values, but the row has 3");
    assertThatThrownBy(() -> without.scores(SQUARE, SQUARE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fitted without codes");
    assertThatThrownBy(() -> with.scores(SQUARE[0]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fitted with codes");
    assertThatThrownBy(() -> with.scores(SQUARE, new float[1][2]))
        .hasMessageContaining("4 residuals and 1 codes");
    assertThatThrownBy(() -> without.mahalanobis().score(new float[] {1, Float.NaN}))
        .hasMessageContaining("holds NaN in column 1");
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }

  /** Columns of growing spread with a common part. */
  private static float[][] correlated(long seed, int n, int d) {
    RandomStream random = RandomStream.of(seed, "residuals");
    float[][] rows = new float[n][d];
    for (float[] row : rows) {
      double common = random.nextGaussian();
      for (int j = 0; j < d; j++) {
        row[j] = (float) ((1 + j) * (0.6 * common + 0.9 * random.nextGaussian()));
      }
    }
    return rows;
  }
}
