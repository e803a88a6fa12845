package io.github.autoencoder4j.baseline;

import static org.assertj.core.api.Assertions.assertThat;
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
    SymmetricEigen.orthonormalize(vectors);
    return vectors;
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
