package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.runtime.Weights;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions over one-dimensional data, computed by hand. */
class SequenceTest {

  private static final int CHANNELS = 2;
  private static final int WIDTH = 12;
  private static final int CODE_CHANNELS = 3;
  private static final ImageShape SIGNAL = new ImageShape(1, WIDTH, CHANNELS);
  private static final ImageSource DATA =
      ImageSource.of(SIGNAL, TinyData.rows(6, CHANNELS * WIDTH));

  @AfterEach
  void switchOn() {
    System.clearProperty(OneDnn.SWITCH);
  }

  /** The numbers of an array by its name. */
  private static float[] numbers(Weights weights, String name) {
    return weights.arrays().stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow()
        .toArray();
  }

  private static double at(float[] values, int width, int channel, int place) {
    return place < 0 || place >= width ? 0 : values[channel * width + place];
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void stridedLayersAreConvolutionsAlongTheWidth(String oneDnn) {
    System.setProperty(OneDnn.SWITCH, oneDnn);
    int stride = 3;
    int kernel = 5;
    int places = WIDTH / stride;
    Autoencoder autoencoder =
        Autoencoder.conv()
            .input(SIGNAL)
            .latent(1, places, CODE_CHANNELS)
            .resampling(Resampling.STRIDED)
            .kernel(kernel)
            .widths()
            .residualBlocks(0)
            .build();
    autoencoder.fit(DATA, Training.epochs(3).batchSize(2));
    Weights weights = autoencoder.weights();
    float[] down = numbers(weights, "bottleneck.weight");
    float[] downBias = numbers(weights, "bottleneck.bias");
    float[] up = numbers(weights, "logits.weight");
    float[] upBias = numbers(weights, "logits.bias");
    float[][] codes = autoencoder.encode(DATA);
    float[][] decoded = autoencoder.decode(codes);

    for (int n = 0; n < codes.length; n++) {
      float[] x = DATA.get(n);
      double[][] logits = new double[CHANNELS][WIDTH];
      for (int c = 0; c < CHANNELS; c++) {
        Arrays.fill(logits[c], upBias[c]);
      }
      for (int o = 0; o < CODE_CHANNELS; o++) {
        for (int t = 0; t < places; t++) {
          double sum = downBias[o];
          for (int c = 0; c < CHANNELS; c++) {
            for (int k = 0; k < kernel; k++) {
              // Padding of (5 - 3) / 2 = 1.
              int place = stride * t + k - 1;
              sum += down[(o * CHANNELS + c) * kernel + k] * at(x, WIDTH, c, place);
              if (place >= 0 && place < WIDTH) {
                logits[c][place] += up[(o * CHANNELS + c) * kernel + k] * codes[n][o * places + t];
              }
            }
          }
          assertThat((double) codes[n][o * places + t]).isCloseTo(sum, offset(1e-5));
        }
      }
      for (int c = 0; c < CHANNELS; c++) {
        for (int t = 0; t < WIDTH; t++) {
          assertThat((double) decoded[n][c * WIDTH + t])
              .isCloseTo(1 / (1 + Math.exp(-logits[c][t])), offset(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void blocksOfOneRowBecomeChannels(String oneDnn) {
    System.setProperty(OneDnn.SWITCH, oneDnn);
    int block = 4;
    int kernel = 3;
    int places = WIDTH / block;
    Autoencoder autoencoder =
        Autoencoder.conv()
            .input(SIGNAL)
            .latent(1, places, CODE_CHANNELS)
            .strides(block)
            .widths()
            .residualBlocks(0)
            .build();
    autoencoder.fit(DATA, Training.epochs(3).batchSize(2));
    float[] weight = numbers(autoencoder.weights(), "bottleneck.weight");
    float[] bias = numbers(autoencoder.weights(), "bottleneck.bias");
    float[][] codes = autoencoder.encode(DATA);

    assertThat(weight).hasSize(CODE_CHANNELS * CHANNELS * block * kernel);
    for (int n = 0; n < codes.length; n++) {
      float[] x = DATA.get(n);
      for (int o = 0; o < CODE_CHANNELS; o++) {
        for (int t = 0; t < places; t++) {
          double sum = bias[o];
          for (int c = 0; c < CHANNELS; c++) {
            for (int dx = 0; dx < block; dx++) {
              for (int k = 0; k < kernel; k++) {
                sum +=
                    weight[((o * CHANNELS + c) * block + dx) * kernel + k]
                        * at(x, WIDTH, c, (t + k - 1) * block + dx);
              }
            }
          }
          assertThat((double) codes[n][o * places + t]).isCloseTo(sum, offset(1e-5));
        }
      }
    }
  }

  /** Before any step the default network is the cosine transform of what a block has most of. */
  @Test
  void aSmoothSignalIsKnownFromTheStart() {
    int width = 64;
    float[][] rows = new float[8][2 * width];
    for (int n = 0; n < rows.length; n++) {
      for (int c = 0; c < 2; c++) {
        for (int t = 0; t < width; t++) {
          rows[n][c * width + t] =
              (float) (0.5 + 0.2 * Math.sin(2 * Math.PI * t / width + n + 2 * c));
        }
      }
    }
    ImageSource smooth = ImageSource.of(new ImageShape(1, width, 2), rows);
    Autoencoder autoencoder =
        Autoencoder.conv().input(1, width, 2).latent(1, 8, 4).optimizer(Optimizer.noOp()).build();
    autoencoder.fit(smooth, Training.epochs(1));

    double error = autoencoder.evaluate(smooth).meanSquaredError();

    // The variance of a sine of 0.2.
    assertThat(error).isLessThan(0.05 * 0.02);
  }

  @Test
  void theSummaryHasKernelsOfOneRow() {
    String summary = Autoencoder.conv().input(1, 64, 8).latent(1, 8, 4).build().summary();

    assertThat(summary)
        .contains("space to depth 1x4", "conv 1x3", "residual block 1x3", "depth to space 1x2")
        .contains("receptive field of a code value 1 x ")
        .contains("code 1x8x4 of 32 values, 1/16.00 of the input");
  }
}
