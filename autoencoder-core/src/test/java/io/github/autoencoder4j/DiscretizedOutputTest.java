package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.metric.LogLikelihood;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.training.Training;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiscretizedOutputTest {

  private static final ImageShape SHAPE = new ImageShape(4, 4, 1);

  private static double mean(int pixel) {
    return (40 + 11 * pixel) / 255.0;
  }

  private static double scale(int pixel) {
    return (0.5 + 0.5 * pixel) / 255;
  }

  /** How likely a level is that a logistic distribution falls into; none reaches black or white. */
  private static double probability(int pixel, float value) {
    double above = (value + 0.5 / 255 - mean(pixel)) / scale(pixel);
    double below = (value - 0.5 / 255 - mean(pixel)) / scale(pixel);
    return 1 / (1 + Math.exp(-above)) - 1 / (1 + Math.exp(-below));
  }

  /** Noise of its own in each pixel, as levels. */
  private static ImageSource noise(int count, long seed) {
    Random random = new Random(seed);
    float[][] samples = new float[count][SHAPE.size()];
    for (float[] sample : samples) {
      for (int i = 0; i < sample.length; i++) {
        double u = 0.01 + 0.98 * random.nextDouble();
        double value = mean(i) + scale(i) * Math.log(u / (1 - u));
        sample[i] = Math.round(255 * value) / 255f;
      }
    }
    return ImageSource.of(SHAPE, samples);
  }

  @Test
  void findsTheScalesOfNoise() {
    try (Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(16)
            .bottleneck(2)
            .latentStage(Variational.standard())
            .output(Output.discretizedLogistic())
            .optimizer(Optimizer.adam(1e-2))
            .seed(1)
            .build()) {
      autoencoder.fit(noise(2_000, 1), Training.epochs(60).batchSize(50));
      ImageSource held = noise(500, 2);
      double bits = autoencoder.logLikelihood(held, 20, 3).bitsPerDimension(SHAPE.size());

      double least = 0;
      for (float[] sample : held.toArrays()) {
        for (int i = 0; i < sample.length; i++) {
          least -= Math.log(probability(i, sample[i])) / Math.log(2) / SHAPE.size() / held.size();
        }
      }
      assertThat(bits).isBetween(least - 0.05, least + 0.1);
      for (float[] sample : autoencoder.reconstruct(held.toArrays())) {
        assertThat(sample).hasSize(SHAPE.size());
        for (int i = 0; i < sample.length; i++) {
          assertThat((double) sample[i]).isCloseTo(mean(i), offset(2 * scale(i)));
        }
      }
    }
  }

  @Test
  void bitsPerDimensionAreNatsByTheLogarithmOfTwo() {
    LogLikelihood likelihood = new LogLikelihood(new double[] {-Math.log(2), -3 * Math.log(2)}, 1);
    assertThat(likelihood.bitsPerDimension(1)).isCloseTo(2, offset(1e-12));
    assertThat(likelihood.bitsPerDimension(8)).isCloseTo(0.25, offset(1e-12));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> likelihood.bitsPerDimension(0))
        .withMessageContaining("at least one value, but was 0");
  }
}
