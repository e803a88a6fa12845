package io.github.autoencoder4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;

/** Takes codes through a stage and back. */
final class StageProbe {

  static final double SCALE = 0.25;

  private final LatentStage stage;
  private final LatentKernel kernel;
  private final int step;
  final LatentBatch batch;

  /** With codes drawn from the standard normal distribution. */
  StageProbe(LatentStage stage, ImageShape code, int n, Mode mode, int step) {
    this.stage = stage;
    this.kernel = stage.kernel(code);
    this.step = step;
    batch = new LatentBatch(stage, code, n, 7, "test", true);
    RandomStream random = RandomStream.of(1, "input");
    for (int i = 0; i < batch.input().length; i++) {
      batch.input()[i] = random.nextGaussian();
    }
    List<ParameterSpec> learned = stage.learned(code);
    for (int i = 0; i < learned.size(); i++) {
      double[] array = batch.arrays().get(i);
      for (int j = 0; j < array.length; j++) {
        array[j] = learned.get(i).start().value(j, random);
      }
    }
    begin(mode);
  }

  static StageProbe training(LatentStage stage, ImageShape code, int n) {
    return new StageProbe(stage, code, n, Mode.TRAINING, 6);
  }

  /** The codes that come of some, which are {@code [n, fed]}. */
  static double[] output(LatentStage stage, ImageShape code, int n, Mode mode, double... input) {
    StageProbe probe = new StageProbe(stage, code, n, mode, 6);
    return probe.feed(input).output();
  }

  private void begin(Mode mode) {
    batch.begin(mode, 0, step, SCALE);
  }

  LatentBatch feed(double... input) {
    assertThat(input).hasSameSizeAs(batch.input());
    System.arraycopy(input, 0, batch.input(), 0, input.length);
    return forward();
  }

  LatentBatch forward() {
    begin(batch.mode());
    kernel.forward(batch);
    return batch;
  }

  /** What {@code sum_i 0.1 (i + 1) y_i} and the terms are together. */
  private double objective() {
    forward();
    double sum = 0;
    for (double term : batch.terms()) {
      sum += SCALE * term;
    }
    for (int i = 0; i < batch.output().length; i++) {
      sum += 0.1 * (i + 1) * batch.output()[i];
    }
    return sum;
  }

  /** The gradient of the objective with respect to the input. */
  double[] gradient() {
    forward();
    for (int i = 0; i < batch.outputGradient().length; i++) {
      batch.outputGradient()[i] = 0.1 * (i + 1);
    }
    kernel.backward(batch);
    return batch.inputGradient().clone();
  }

  /** Compares it with differences. */
  void assertGradient() {
    double[] actual = gradient();
    double h = 1e-6;
    for (int i = 0; i < actual.length; i++) {
      double value = batch.input()[i];
      batch.input()[i] = value + h;
      double above = objective();
      batch.input()[i] = value - h;
      double below = objective();
      batch.input()[i] = value;
      double expected = (above - below) / (2 * h);
      assertThat(actual[i])
          .as("number %d after %s", i, stage.describe())
          .isCloseTo(expected, offset(1e-6 * (1 + Math.abs(expected))));
    }
  }
}
