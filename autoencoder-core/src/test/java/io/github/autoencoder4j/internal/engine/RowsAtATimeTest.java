package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Axes;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A few rows at a time give what all of them give at once. */
class RowsAtATimeTest {

  private static final int CHANNELS = 3;
  private static final double CLOSE = 1e-5;

  private static INDArray random(long... shape) {
    return Nd4j.rand(DataType.FLOAT, shape).subi(0.5);
  }

  @ParameterizedTest
  @CsvSource({"1, 7, 5", "3, 8, 6", "5, 9, 4", "7, 4, 9"})
  void convolutions(int kernel, int height, int width) {
    INDArray in = random(2, CHANNELS, height, width);
    INDArray weights = random(4, CHANNELS, kernel, kernel);
    INDArray bias = random(4);
    INDArray whole = Nd4j.create(DataType.FLOAT, 2, 4, height, width);
    INDArray parts = whole.ulike();
    Convolution convolution = Convolution.of(block(height, width, Axes.BOTH, kernel));
    convolution.forward(in, weights, bias, whole);
    long row = 2L * CHANNELS * kernel * kernel * width;
    for (int rows = 1; rows < height; rows++) {
      parts.assign(7);

      convolution.infer(in, weights, bias, parts, rows * row);

      assertThat(parts.equalsWithEps(whole, CLOSE)).as("%s rows", rows).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 8", "5, 9", "7, 4"})
  void convolutionsOfOneLongRow(int kernel, int width) {
    INDArray in = random(2, CHANNELS, 1, width);
    INDArray weights = random(4, CHANNELS, 1, kernel);
    INDArray bias = random(4);
    INDArray whole = Nd4j.create(DataType.FLOAT, 2, 4, 1, width);
    INDArray parts = whole.ulike();
    Convolution convolution = Convolution.of(block(1, width, Axes.WIDTH, kernel));
    convolution.forward(in, weights, bias, whole);
    long place = 2L * CHANNELS * kernel;
    for (int places = 1; places < width; places++) {
      parts.assign(7);

      convolution.infer(in, weights, bias, parts, places * place);

      assertThat(parts.equalsWithEps(whole, CLOSE)).as("%s places", places).isTrue();
    }
  }

  private static ResidualBlockPlan block(int height, int width, Axes axes, int kernel) {
    return new ResidualBlockPlan(
        "x", new ImageShape(height, width, CHANNELS), axes, kernel, Activation.RELU);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void normalisations(boolean inverse) {
    INDArray beta = Nd4j.valueArrayOf(new long[] {CHANNELS}, 0.9f, DataType.FLOAT);
    INDArray gamma = random(CHANNELS, CHANNELS, 1, 1);
    DivisiveNormalization normalization =
        new DivisiveNormalization(
            inverse,
            key -> key.equals(PlanInitializer.BETA) ? beta : gamma,
            key -> {
              throw new IllegalStateException("nobody trains");
            });
    INDArray whole = random(2, CHANNELS, 7, 5);
    INDArray parts = whole.dup('c');

    normalization.infer(whole, 7L * 2 * CHANNELS * 5);
    normalization.infer(parts, 2L * 2 * CHANNELS * 5);

    assertThat(parts.equalsWithEps(whole, CLOSE)).isTrue();
  }
}
