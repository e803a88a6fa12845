package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.Specs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first weights of convolutional networks. */
class ConvStartTest {

  @Test
  void theFunctionsOfABlockAreOrthonormal() {
    for (int colors : new int[] {1, 2, 3}) {
      CosineBasis pixels = CosineBasis.pixels(colors);
      double[][] functions = CosineBasis.of(4, colors, 16 * colors).from(pixels, 4);
      assertThat(functions).hasNumberOfRows(16 * colors);
      for (int i = 0; i < functions.length; i++) {
        for (int j = 0; j < functions.length; j++) {
          assertThat(dot(functions[i], functions[j])).isCloseTo(i == j ? 1 : 0, offset(1e-12));
        }
      }
    }
  }

  @Test
  void twoLevelsMakeTheSameTransformAsOne() {
    CosineBasis pixels = CosineBasis.pixels(1);
    CosineBasis half = CosineBasis.of(2, 1, 4);
    double[][] whole = CosineBasis.of(4, 1, 16).from(pixels, 4);
    double[][] first = half.from(pixels, 2);
    double[][] second = CosineBasis.of(4, 1, 16).from(half, 2);
    for (int row = 0; row < 16; row++) {
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
          double sum = 0;
          for (int j = 0; j < 4; j++) {
            int column = (j * 2 + y / 2) * 2 + x / 2;
            sum += second[row][column] * first[j][y % 2 * 2 + x % 2];
          }
          assertThat(sum).isCloseTo(whole[row][y * 4 + x], offset(1e-12));
        }
      }
    }
  }

  @Test
  void theMeanComesFirst() {
    double[] first = CosineBasis.of(8, 1, 3).from(CosineBasis.pixels(1), 8)[0];
    assertThat(first).hasSize(64);
    for (double value : first) {
      assertThat(value).isCloseTo(1 / 8.0, offset(1e-12));
    }
    assertThat(CosineBasis.of(8, 3, 16).equalizingGains(16)[0]).isEqualTo(1);
  }

  @Test
  void onlyResidualSubpixelNetworksStartAsATransform() {
    assertThat(CosineStart.fits(architecture(1, Resampling.SUBPIXEL))).isTrue();
    assertThat(CosineStart.fits(architecture(0, Resampling.SUBPIXEL))).isFalse();
    assertThat(CosineStart.fits(architecture(1, Resampling.STRIDED))).isFalse();
  }

  @Test
  void weightsDependOnTheSeed() {
    ConvArchitecture architecture = architecture(1, Resampling.SUBPIXEL);
    float[] weights = draw(architecture, 1);
    assertThat(weights).hasSize((int) architecture.parameters());
    assertThat(draw(architecture, 1)).isEqualTo(weights);
    assertThat(draw(architecture, 2)).isNotEqualTo(weights);
  }

  private static float[] draw(ConvArchitecture architecture, long seed) {
    Spec spec = Specs.of(architecture, seed);
    return InitialWeights.draw(spec, Network.of(spec));
  }

  private static ConvArchitecture architecture(int blocks, Resampling resampling) {
    return new ConvArchitecture(
        new ImageShape(8, 8, 3),
        new ImageShape(4, 4, 4),
        List.of(2),
        List.of(6),
        resampling == Resampling.STRIDED ? 4 : 3,
        Activation.RELU,
        blocks,
        resampling);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
