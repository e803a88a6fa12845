package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.DenseBuilder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a contraction is for: codes of digits that depend less on single pixels. */
class ContractiveDigitsTest {

  private static final Logger log = LoggerFactory.getLogger(ContractiveDigitsTest.class);

  private static final ImageSource train = Mnist.train().slice(0, 5_000);
  private static final ImageSource test = Mnist.test().slice(0, 500);

  private static DenseBuilder codes() {
    return Autoencoder.dense().hidden(128).bottleneck(16).powerNormalize().seed(5);
  }

  /** Of the code, of which each has the same power, by differences along 4 directions a digit. */
  private static double squaredNorm(Autoencoder autoencoder) {
    float step = 1 / 128f;
    RandomStream random = RandomStream.of(1, "directions");
    double sum = 0;
    float[][] digits = test.toArrays();
    for (float[] digit : digits) {
      for (int i = 0; i < digit.length; i++) {
        // Moved, it stays in [0, 1].
        digit[i] = step + (1 - 2 * step) * digit[i];
      }
    }
    float[][] codes = autoencoder.encode(digits);
    for (int draw = 0; draw < 4; draw++) {
      float[][] moved = new float[digits.length][];
      for (int n = 0; n < moved.length; n++) {
        moved[n] = digits[n].clone();
        for (int i = 0; i < moved[n].length; i++) {
          moved[n][i] += random.nextBoolean() ? step : -step;
        }
      }
      float[][] others = autoencoder.encode(moved);
      for (int n = 0; n < codes.length; n++) {
        for (int j = 0; j < codes[n].length; j++) {
          double slope = (others[n][j] - codes[n][j]) / step;
          sum += slope * slope;
        }
      }
    }
    return sum / (4 * codes.length);
  }

  @Test
  void codesDependLessOnPixelsForAboutTheSameLoss() {
    Training training = Training.epochs(12).batchSize(64);
    Autoencoder plain = codes().build();
    plain.fit(train, training);
    Autoencoder contractive = codes().contractive(0.1).build();
    contractive.fit(train, training);
    double loss = plain.evaluate(test).objective().reconstruction();
    double lossOfContractive = contractive.evaluate(test).objective().reconstruction();
    double norm = squaredNorm(plain);
    double normOfContractive = squaredNorm(contractive);
    log.info(
        "squared norm {} without, {} with; loss per pixel {} and {}",
        norm,
        normOfContractive,
        loss,
        lossOfContractive);
    assertThat(normOfContractive).isLessThan(0.5 * norm);
    assertThat(lossOfContractive).isLessThan(1.03 * loss);
  }
}
