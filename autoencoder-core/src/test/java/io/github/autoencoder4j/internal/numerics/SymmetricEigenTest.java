package io.github.autoencoder4j.internal.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SymmetricEigenTest {

  @Property(tries = 30)
  void findsTheEigenvectorsItIsGiven(
      @ForAll long seed, @ForAll @IntRange(min = 3, max = 260) int n) {
    double[][] vectors = orthonormal(seed, n);
    double[] values = new double[n];
    Arrays.setAll(values, i -> 100.0 / (i + 1));
    SymmetricEigen eigen = SymmetricEigen.leading(matrix(vectors, values), 3);
    for (int k = 0; k < 3; k++) {
      assertThat(eigen.values[k]).isCloseTo(values[k], within(1e-6));
      double cosine = 0;
      for (int i = 0; i < n; i++) {
        cosine += eigen.vectors[k][i] * vectors[k][i];
      }
      assertThat(Math.abs(cosine)).isCloseTo(1, within(1e-8));
      assertThat(largest(eigen.vectors[k])).isPositive();
    }
  }

  @Test
  void copesWithEqualAndMissingEigenvalues() {
    double[][] vectors = orthonormal(1, 150);
    double[] values = new double[150];
    Arrays.fill(values, 0, 3, 7);
    SymmetricEigen eigen = SymmetricEigen.leading(matrix(vectors, values), 5);
    assertThat(eigen.values).containsExactly(new double[] {7, 7, 7, 0, 0}, within(1e-9));
  }

  @Test
  void findsSmallEigenvaluesBesideALargeOne() {
    // As of a table with one column that nobody scaled.
    double[][] vectors = orthonormal(2, 200);
    double[] values = new double[200];
    Arrays.fill(values, 1);
    values[0] = 1e6;
    values[1] = 2;
    SymmetricEigen eigen = SymmetricEigen.leading(matrix(vectors, values), 2);
    assertThat(eigen.values[1]).isCloseTo(2, within(1e-5));
    double cosine = 0;
    for (int i = 0; i < 200; i++) {
      cosine += eigen.vectors[1][i] * vectors[1][i];
    }
    assertThat(Math.abs(cosine)).isCloseTo(1, within(1e-5));
  }

  @Test
  void findsAllEigenvaluesOverManyOrdersOfMagnitude() {
    // As of columns whose scales differ: products of values from 1 down to 1e-20.
    int n = 500;
    RandomStream random = RandomStream.of(3, "graded");
    float[][] rows = new float[2 * n][n];
    for (float[] row : rows) {
      for (int j = 0; j < n; j++) {
        double left = j > 0 ? 0.3 * row[j - 1] : 0;
        row[j] = (float) (random.nextGaussian() * Math.pow(10, -20.0 * j / n) + left);
      }
    }
    double[][] matrix = new CenteredRows(rows).products;
    SymmetricEigen eigen = SymmetricEigen.leading(matrix, n);
    double trace = 0;
    for (int k = 0; k < n; k++) {
      trace += matrix[k][k];
      double[] image = new double[n];
      for (int i = 0; i < n; i++) {
        Covariance.addScaled(image, eigen.vectors[k][i], matrix[i]);
      }
      Covariance.addScaled(image, -eigen.values[k], eigen.vectors[k]);
      assertThat(Arrays.stream(image).map(Math::abs).max().orElseThrow())
          .isLessThan(1e-12 * eigen.values[0]);
    }
    assertThat(Arrays.stream(eigen.values).sum()).isCloseTo(trace, within(1e-10 * trace));
  }

  @Test
  void decomposesTheWholeWhereAFewDirectionsDoNotSettle() {
    // All eigenvalues alike: subspace iteration hardly moves.
    double[][] vectors = orthonormal(4, 300);
    double[] values = new double[300];
    Arrays.setAll(values, i -> 1 + 1e-3 * (300 - i));
    SymmetricEigen eigen = SymmetricEigen.leading(matrix(vectors, values), 2);
    for (int k = 0; k < 2; k++) {
      assertThat(eigen.values[k]).isCloseTo(values[k], within(1e-12));
      double cosine = 0;
      for (int i = 0; i < 300; i++) {
        cosine += eigen.vectors[k][i] * vectors[k][i];
      }
      assertThat(Math.abs(cosine)).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void refusesValuesThatAreNotFinite() {
    double[][] matrix = {{1, 0}, {0, Double.POSITIVE_INFINITY}};
    assertThatThrownBy(() -> SymmetricEigen.leading(matrix, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the products of the values are not finite; scale the values down first");
  }

  private static double largest(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    return largest;
  }

  private static double[][] orthonormal(long seed, int n) {
    RandomStream random = RandomStream.of(seed, "directions");
    double[][] vectors = new double[n][n];
    for (double[] vector : vectors) {
      Arrays.setAll(vector, i -> random.nextGaussian());
    }
    return SymmetricEigen.orthonormal(vectors);
  }

  private static double[][] matrix(double[][] vectors, double[] values) {
    int n = values.length;
    double[][] matrix = new double[n][n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          matrix[i][j] += values[k] * vectors[k][i] * vectors[k][j];
        }
      }
    }
    return matrix;
  }
}
