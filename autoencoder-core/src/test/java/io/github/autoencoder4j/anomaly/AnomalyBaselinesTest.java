package io.github.autoencoder4j.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.internal.numerics.SymmetricEigen;
import io.github.autoencoder4j.metric.RankingQuality;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AnomalyBaselinesTest {

  /** Deviations 1, the root of 2 and 0; the first two columns have correlation 0.707. */
  private static final float[][] FOUR = {
    {11, 102, 7}, {9, 98, 7}, {11, 100, 7}, {9, 100, 7},
  };

  @Test
  void squaredNormIsThatOfTheStandardizedRow() {
    ColumnScorer scorer = AnomalyBaselines.squaredNorm(FOUR);
    assertThat(scorer.columns()).isEqualTo(3);
    // Deviations 1, sqrt(2) and, for the constant column, 1.
    assertThat(scorer.split(new float[] {12, 104, 10}))
        .containsExactly(new double[] {4, 8, 9}, within(1e-12));
    assertThat(scorer.score(new float[] {12, 104, 10})).isCloseTo(21, within(1e-12));
    assertThat(scorer.score(new float[] {10, 100, 7})).isZero();
  }

  @Test
  void mahalanobisIsTheClosedForm() {
    AnomalyScorer scorer = AnomalyBaselines.mahalanobis(FOUR);
    // Correlation c = 1 / sqrt(2): eigenvalues (1 +- c) n / (n - 1) along (1, 1) and (1, -1).
    double c = Math.sqrt(0.5);
    double unit = 4.0 / 3;
    assertThat(scorer.score(new float[] {11, (float) (100 + Math.sqrt(2)), 7}))
        .isCloseTo(2 / (unit * (1 + c)), within(1e-5));
    assertThat(scorer.score(new float[] {11, (float) (100 - Math.sqrt(2)), 7}))
        .isCloseTo(2 / (unit * (1 - c)), within(1e-5));
    // No variance at all: the floor of 1e-4 of the largest.
    assertThat(scorer.score(new float[] {10, 100, 8}))
        .isCloseTo(1e4 / (unit * (1 + c)), within(1e-3));
  }

  @Test
  void pcaResidualIsWhatIsLeftBesideTheLeadingDirections() {
    // The leading direction holds (1 + 0.707) / 2 = 85 % of the variance.
    AnomalyScorer one = AnomalyBaselines.pcaResidual(FOUR, 0.8);
    AnomalyScorer two = AnomalyBaselines.pcaResidual(FOUR, 0.9);
    float[] along = {11, (float) (100 + Math.sqrt(2)), 7};
    float[] across = {11, (float) (100 - Math.sqrt(2)), 7};
    assertThat(one.score(along)).isCloseTo(0, within(1e-5));
    assertThat(one.score(across)).isCloseTo(2, within(1e-5));
    assertThat(two.score(across)).isCloseTo(0, within(1e-5));
    assertThat(two.score(new float[] {10, 100, 9})).isCloseTo(4, within(1e-5));
  }

  @Property(tries = 30)
  void scoresOfFewerRowsThanColumnsEqualTheDirectFormula(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 30) int n,
      @ForAll @IntRange(min = 1, max = 20) int d) {
    float[][] rows = correlated(seed, n, d);
    float[][] fresh = correlated(seed + 1, 5, d);
    Standardization standardization = Standardization.fit(rows);
    float[][] z = standardization.apply(rows);
    double[][] covariance = new double[d][d];
    for (float[] row : z) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i][j] += (double) row[i] * row[j] / (n - 1);
        }
      }
    }
    SymmetricEigen eigen = SymmetricEigen.leading(covariance, d);
    AnomalyScorer scorer = AnomalyBaselines.mahalanobis(rows);
    for (float[] row : fresh) {
      float[] x = standardization.apply(row);
      double expected = 0;
      for (int k = 0; k < d; k++) {
        double coordinate = 0;
        for (int j = 0; j < d; j++) {
          coordinate += eigen.vectors[k][j] * x[j];
        }
        double variance = Math.max(eigen.values[k], 1e-4 * eigen.values[0]);
        expected += coordinate * coordinate / variance;
      }
      assertThat(scorer.score(row)).isCloseTo(expected, within(1e-3 * (1 + expected)));
    }
  }

  @Property(tries = 30)
  void nearestNeighborIsTheDistanceToTheKth(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int k) {
    float[][] rows = correlated(seed, 40, 3);
    float[][] fresh = correlated(seed + 1, 10, 3);
    Standardization standardization = Standardization.fit(rows);
    double[] scores = AnomalyBaselines.nearestNeighbor(rows, k).scores(fresh);
    for (int i = 0; i < fresh.length; i++) {
      float[] x = standardization.apply(fresh[i]);
      double[] distances =
          Arrays.stream(standardization.apply(rows))
              .mapToDouble(
                  row -> Math.hypot(Math.hypot(row[0] - x[0], row[1] - x[1]), row[2] - x[2]))
              .sorted()
              .toArray();
      assertThat(scores[i]).isCloseTo(distances[k - 1], within(1e-5));
    }
  }

  @Property(tries = 10)
  void noneDependsOnTheUnitsOfColumns(@ForAll long seed) {
    float[][] rows = correlated(seed, 60, 4);
    float[][] fresh = correlated(seed + 1, 10, 4);
    double[] units = {1024, 1, 1.0 / 1024, 64};
    List<AnomalyScorer> plain = all(rows);
    List<AnomalyScorer> scaled = all(scale(rows, units));
    for (int s = 0; s < plain.size(); s++) {
      double[] expected = plain.get(s).scores(fresh);
      double[] actual = scaled.get(s).scores(scale(fresh, units));
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-6 * (1 + expected[i])));
      }
    }
  }

  @Test
  void scoresOfOneRowAreThoseOfMany() {
    float[][] rows = correlated(3, 50, 6);
    float[][] fresh = correlated(4, 300, 6);
    for (AnomalyScorer scorer : all(rows)) {
      double[] scores = scorer.scores(fresh);
      for (int i = 0; i < fresh.length; i++) {
        assertThat(scorer.score(fresh[i])).isEqualTo(scores[i]);
      }
    }
  }

  @Test
  void findWhatIsOdd() {
    // Rows on a line in four dimensions; odd ones leave it, but not the range of any column.
    float[][] normal = correlated(7, 400, 4);
    float[][] test = correlated(8, 400, 4);
    boolean[] odd = new boolean[400];
    for (int i = 0; i < 40; i++) {
      odd[i] = true;
      float[] noise = test[i].clone();
      for (int j = 0; j < 4; j++) {
        test[i][j] = 0.3f * noise[j] + (j % 2 == 0 ? 0.7f : -0.7f);
      }
    }
    assertThat(auroc(AnomalyBaselines.squaredNorm(normal), test, odd)).isBetween(0.35, 0.65);
    assertThat(auroc(AnomalyBaselines.pcaResidual(normal, 0.6), test, odd)).isGreaterThan(0.95);
    assertThat(auroc(AnomalyBaselines.mahalanobis(normal), test, odd)).isGreaterThan(0.95);
    assertThat(auroc(AnomalyBaselines.nearestNeighbor(normal, 5), test, odd)).isGreaterThan(0.95);
  }

  @Test
  void copeWithColumnsOfOneValueAndHugeValues() {
    float[][] rows = correlated(9, 30, 3);
    for (float[] row : rows) {
      row[1] = 0.1f;
    }
    float[] huge = {Float.MAX_VALUE, 0.1f, -Float.MAX_VALUE};
    for (AnomalyScorer scorer : all(rows)) {
      assertThat(scorer.score(huge)).isFinite().isGreaterThan(scorer.score(rows[0]));
    }
    assertThat(AnomalyBaselines.squaredNorm(rows).split(rows[4])[1]).isZero();
  }

  @Test
  void refuseWhatTheyCannotFit() {
    float[][] rows = correlated(1, 10, 2);
    assertThatThrownBy(() -> AnomalyBaselines.squaredNorm(new float[0][]))
        .hasMessage("at least 1 normal rows are needed, but there are 0");
    assertThatThrownBy(() -> AnomalyBaselines.squaredNorm(new float[1][0]))
        .hasMessage("row 0 has no values; rows must have at least one column");
    assertThatThrownBy(() -> AnomalyBaselines.mahalanobis(new float[1][2]))
        .hasMessage("at least 2 normal rows are needed, but there are 1");
    assertThatThrownBy(() -> AnomalyBaselines.mahalanobis(new float[3][2]))
        .hasMessage("the 3 normal rows are all equal, so there is no spread to judge others by");
    assertThatThrownBy(() -> AnomalyBaselines.pcaResidual(rows, 1))
        .hasMessage("the share of the variance must lie between 0 and 1, but was 1.0");
    assertThatThrownBy(() -> AnomalyBaselines.nearestNeighbor(rows, 11))
        .hasMessage("k must lie in 1 to 10, the number of normal rows, but was 11");
    assertThatThrownBy(() -> AnomalyBaselines.nearestNeighbor(rows, 0))
        .hasMessageContaining("but was 0");
    assertThatThrownBy(() -> AnomalyBaselines.nearestNeighbor(new float[][] {{1}, {1, 2}}, 1))
        .hasMessage("a row must have 1 values, but row 1 has 2");
    assertThatThrownBy(() -> AnomalyBaselines.squaredNorm(new float[][] {{1, 2}, {1, Float.NaN}}))
        .hasMessage(
            "row 1 holds NaN in column 1; values must be finite: fill in what is missing first");
    assertThatThrownBy(() -> AnomalyBaselines.squaredNorm(new float[][] {{1}, null}))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("row 1 is null");
    for (AnomalyScorer scorer : all(rows)) {
      assertThatThrownBy(() -> scorer.score(new float[3]))
          .hasMessageContaining("must have 2 values");
      assertThatThrownBy(() -> scorer.score(new float[] {1, Float.POSITIVE_INFINITY}))
          .hasMessageContaining("holds Infinity in column 1");
      assertThatThrownBy(() -> scorer.scores(new float[][] {{1, 2}, {1}}))
          .hasMessage("a row must have 2 values, but row 1 has 1");
    }
  }

  private static List<AnomalyScorer> all(float[][] rows) {
    return List.of(
        AnomalyBaselines.squaredNorm(rows),
        AnomalyBaselines.pcaResidual(rows, 0.6),
        AnomalyBaselines.mahalanobis(rows),
        AnomalyBaselines.nearestNeighbor(rows, 2));
  }

  private static double auroc(AnomalyScorer scorer, float[][] test, boolean[] odd) {
    return RankingQuality.of(scorer.scores(test), odd).auroc();
  }

  private static float[][] scale(float[][] rows, double[] units) {
    float[][] scaled = new float[rows.length][units.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < units.length; j++) {
        scaled[i][j] = (float) (rows[i][j] * units[j]);
      }
    }
    return scaled;
  }

  private static float[][] correlated(long seed, int n, int d) {
    RandomStream random = RandomStream.of(seed, "rows");
    float[][] rows = new float[n][d];
    for (float[] row : rows) {
      double factor = random.nextGaussian();
      for (int j = 0; j < d; j++) {
        row[j] = (float) (factor + 0.3 * random.nextGaussian());
      }
    }
    return rows;
  }
}
