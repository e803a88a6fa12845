package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Axes;
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
      CosineBasis pixels = CosineBasis.pixels(colors, Axes.BOTH);
      double[][] functions = CosineBasis.of(Axes.BOTH, 4, colors, 16 * colors).from(pixels, 4);
      assertThat(functions).hasNumberOfRows(16 * colors);
      for (int i = 0; i < functions.length; i++) {
        for (int j = 0; j < functions.length; j++) {
          assertThat(dot(functions[i], functions[j])).isCloseTo(i == j ? 1 : 0, offset(1e-12));
        }
      }
    }
  }

  /** Each channel of a sequence has its own lowest frequencies, three channels are no colours. */
  @Test
  void theFunctionsOfASequenceAreOrthonormal() {
    for (int channels : new int[] {1, 3}) {
      CosineBasis places = CosineBasis.pixels(channels, Axes.WIDTH);
      double[][] whole = places.larger(8, 8 * channels).from(places, 8);
      double[][] half = places.larger(4, 4 * channels).from(places, 4);
      double[][] second = places.larger(8, 8 * channels).from(places.larger(4, 4 * channels), 2);
      assertThat(whole).hasNumberOfRows(8 * channels);
      for (int i = 0; i < whole.length; i++) {
        assertThat(whole[i]).hasSize(8 * channels);
        for (int j = 0; j < whole.length; j++) {
          assertThat(dot(whole[i], whole[j])).isCloseTo(i == j ? 1 : 0, offset(1e-12));
        }
        // Frequency by frequency, channel by channel.
        int channel = i % channels;
        int frequency = i / channels;
        double norm = Math.sqrt((frequency == 0 ? 1 : 2) / 8.0);
        for (int x = 0; x < 8; x++) {
          assertThat(whole[i][channel * 8 + x])
              .isCloseTo(norm * Math.cos(Math.PI * (2 * x + 1) * frequency / 16), offset(1e-12));
          double sum = 0;
          for (int j = 0; j < half.length; j++) {
            sum += second[i][j * 2 + x / 4] * half[j][channel * 4 + x % 4];
          }
          assertThat(sum).isCloseTo(whole[i][channel * 8 + x], offset(1e-12));
        }
      }
    }
  }

  @Test
  void twoLevelsMakeTheSameTransformAsOne() {
    CosineBasis pixels = CosineBasis.pixels(1, Axes.BOTH);
    CosineBasis half = CosineBasis.of(Axes.BOTH, 2, 1, 4);
    double[][] whole = CosineBasis.of(Axes.BOTH, 4, 1, 16).from(pixels, 4);
    double[][] first = half.from(pixels, 2);
    double[][] second = CosineBasis.of(Axes.BOTH, 4, 1, 16).from(half, 2);
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
    double[] first =
        CosineBasis.of(Axes.BOTH, 8, 1, 3).from(CosineBasis.pixels(1, Axes.BOTH), 8)[0];
    assertThat(first).hasSize(64);
    for (double value : first) {
      assertThat(value).isCloseTo(1 / 8.0, offset(1e-12));
    }
    assertThat(CosineBasis.of(Axes.BOTH, 8, 3, 16).equalizingGains(16)[0]).isEqualTo(1);
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
