package io.github.autoencoder4j.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PcaTest {

  @Property(tries = 40)
  void directionsAreOrthonormalAndSorted(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 60) int d) {
    int k = Math.min(n - 1, d);
    Pca pca = Pca.fit(draw(seed, n, d), k);
    float[][] directions = pca.directions();
    for (int i = 0; i < k; i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(dot(directions[i], directions[j])).isCloseTo(i == j ? 1 : 0, within(2e-4));
      }
    }
    assertThat(pca.variances()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(Arrays.stream(pca.variances()).sum())
        .isCloseTo(pca.totalVariance(), within(1e-4 * pca.totalVariance()));
  }

  @Property(tries = 20)
  void errorIsTheSumOfTheVariancesLeftOut(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int components) {
    // 300 x 250 goes through subspace iteration, and once by rows, once by columns.
    for (int[] size : new int[][] {{300, 250}, {200, 250}, {40, 10}}) {
      float[][] rows = draw(seed, size[0], size[1]);
      Pca pca = Pca.fit(rows, components);
      double left = pca.totalVariance() - Arrays.stream(pca.variances()).sum();
      Mse mse = new Mse();
      mse.add(rows, pca.reconstruct(rows));
      double expected = left * (size[0] - 1) / size[0] / size[1];
      assertThat(mse.mean()).isCloseTo(expected, within(1e-4 * expected + 1e-9));
    }
  }

  @Test
  void findsTheDirectionOfALine() {
    Pca pca = Pca.fit(new float[][] {{0, 1}, {3, 5}, {6, 9}}, 1);
    assertThat(pca.directions()[0]).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
    assertThat(pca.variances()[0]).isCloseTo(25, within(1e-4));
    assertThat(pca.mean()).containsExactly(3, 5);
    assertThat(pca.encode(new float[][] {{6, 9}})[0])
        .containsExactly(new float[] {5}, within(1e-5f));
    assertThat(pca.decode(new float[][] {{-5}})[0])
        .containsExactly(new float[] {0, 1}, within(1e-5f));
    assertThat(pca.inputSize()).isEqualTo(2);
    assertThat(pca.latentSize()).isEqualTo(1);
  }

  @Test
  void fitsImagesAsItFitsRows() {
    float[][] rows = draw(3, 50, 12);
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (1 / (1 + Math.exp(-row[i])));
      }
    }
    ImageSource images = ImageSource.of(new ImageShape(2, 2, 3), rows);
    Pca byImages = Pca.fit(images, 3);
    assertThat(byImages.directions()).isDeepEqualTo(Pca.fit(rows, 3).directions());
    assertThat(byImages.encode(images)).isDeepEqualTo(byImages.encode(rows));
    Mse mse = new Mse();
    mse.add(rows, byImages.reconstruct(rows));
    assertThat(byImages.evaluate(images).mse()).isEqualTo(mse.mean());
    assertThat(byImages.evaluate(images).psnr().count()).isEqualTo(50);
  }

  @Test
  void leavesDirectionsWithoutVarianceHarmless() {
    Pca pca = Pca.fit(new float[][] {{1, 2}, {1, 2}, {1, 2}}, 2);
    assertThat(pca.totalVariance()).isZero();
    assertThat(pca.reconstruct(new float[][] {{1, 2}})[0]).containsExactly(1, 2);
  }

  @Test
  void rejectsImpossibleFits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pca.fit(new float[3][5], 3))
        .withMessageContaining("min(n - 1, d)");
    assertThatIllegalArgumentException().isThrownBy(() -> Pca.fit(new float[3][5], 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Pca.fit(new float[1][5], 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Pca.fit(new float[0][], 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pca.fit(new float[][] {{1, 2}, {1}}, 1))
        .withMessageContaining("row 1 has 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pca.fit(new float[][] {{1}, {Float.NaN}}, 1))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pca.fit(new float[4097][4097], 2))
        .withMessageContaining("4096");
    Pca pca = Pca.fit(draw(1, 5, 4), 2);
    assertThatIllegalArgumentException().isThrownBy(() -> pca.encode(new float[1][3]));
    assertThatIllegalArgumentException().isThrownBy(() -> pca.decode(new float[1][4]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pca.encode(ImageSource.of(ImageShape.vector(3), new float[1][3])));
  }

  /** Rows with a spread that falls from column to column. */
  static float[][] draw(long seed, int n, int d) {
    RandomStream random = RandomStream.of(seed, "rows");
    float[][] rows = new float[n][d];
    for (float[] row : rows) {
      double common = random.nextGaussian();
      for (int i = 0; i < d; i++) {
        row[i] = (float) ((random.nextGaussian() + common) * 4 / (i + 2) + 0.5);
      }
    }
    return rows;
  }

  private static double dot(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
