package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A variance that follows the errors, against the errors and against probabilistic PCA. */
class CalibratedOutputTest {

  private static final int VALUES = 5;
  private static final int CODE = 2;
  private static final double NOISE = 0.3;

  /** What each number of the code adds to the values; at right angles. */
  private static final double[][] AXES = {{1, 1, 1, 1, 0}, {0.6, -0.6, 0.6, -0.6, 0}};

  private static final float[][] ROWS = rows(2_000);

  private static final ImageSource DATA =
      ImageSource.of(ImageShape.vector(VALUES), ValueRange.REALS, ROWS);

  private static float[][] rows(int count) {
    RandomStream random = RandomStream.of(7, "rows");
    float[][] rows = new float[count][VALUES];
    for (float[] row : rows) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      for (int i = 0; i < VALUES; i++) {
        row[i] = (float) (AXES[0][i] * first + AXES[1][i] * second + NOISE * random.nextGaussian());
      }
    }
    return rows;
  }

  private static double variance(Autoencoder autoencoder) {
    return Network.of(autoencoder.spec().orElseThrow()).parameters().stream()
        .filter(entry -> entry.name().equals("output.variance"))
        .mapToDouble(entry -> autoencoder.parameters()[entry.offset()])
        .findFirst()
        .orElseThrow();
  }

  private static double nats(double squaredError, double variance) {
    return (squaredError / variance + Math.log(2 * Math.PI * variance)) / 2;
  }

  @AfterEach
  void switchOn() {
    System.clearProperty(OneDnn.SWITCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void theVarianceBecomesTheMeanSquaredError(String fast) {
    System.setProperty(OneDnn.SWITCH, fast);
    Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(12)
            .bottleneck(CODE)
            .output(Output.calibratedGaussian())
            .seed(1)
            .build();
    autoencoder.fit(DATA, Training.epochs(25).batchSize(50));

    Evaluation evaluation = autoencoder.evaluate(DATA);
    double variance = variance(autoencoder);
    assertThat(variance).isCloseTo(evaluation.meanSquaredError(), withinPercentage(5));
    assertThat(variance).isLessThan(2 * NOISE * NOISE);
    double loss = nats(evaluation.meanSquaredError(), variance);
    assertThat(evaluation.reconstructionLoss()).isCloseTo(loss, offset(1e-5));
    assertThat(evaluation.objective().total()).isCloseTo(loss, offset(1e-5));
  }

  /**
   * A linear one is as good as probabilistic PCA, whose variance is that of the data off the axes
   * (Lucas et al., "Don't blame the ELBO! A linear VAE perspective on posterior collapse", 2019).
   */
  @Test
  void aLinearVariationalOneFindsTheNoiseOfProbabilisticPca() {
    Autoencoder linear =
        Autoencoder.dense()
            .hidden()
            .bottleneck(CODE)
            .activation(Activation.IDENTITY)
            .variational()
            .output(Output.calibratedGaussian())
            .optimizer(Optimizer.adam(new Schedule.Exponential(Schedule.Unit.STEP, 1e-2, 0.999)))
            .seed(2)
            .build();
    linear.fit(DATA, Training.epochs(100).batchSize(50));

    double off = 0;
    double nats = 0;
    for (float[] row : ROWS) {
      double rest = 0;
      for (float value : row) {
        rest += value * value;
      }
      for (double[] axis : AXES) {
        double along = 0;
        double length = 0;
        for (int i = 0; i < VALUES; i++) {
          along += axis[i] * row[i];
          length += axis[i] * axis[i];
        }
        double square = along * along / length;
        double spread = length + NOISE * NOISE;
        rest -= square;
        nats += (Math.log(2 * Math.PI * spread) + square / spread) / 2;
      }
      off += rest / (VALUES - CODE) / ROWS.length;
      nats += (VALUES - CODE) * nats(rest / (VALUES - CODE), NOISE * NOISE);
    }
    assertThat(variance(linear)).isCloseTo(off, withinPercentage(4));
    double likelihood = linear.logLikelihood(DATA, 50, 1).mean();
    assertThat(likelihood).isCloseTo(-nats / ROWS.length, offset(0.02));
  }
}
