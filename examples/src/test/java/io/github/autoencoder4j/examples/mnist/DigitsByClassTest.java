package io.github.autoencoder4j.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.metric.NearestNeighbors;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Digits that are asked for by name, judged by their nearest training digits. */
class DigitsByClassTest {

  private static final int OF_EACH = 50;

  @Test
  void samplesAreOfTheClassThatWasAskedFor() {
    LabeledImageSource train = Mnist.train().slice(0, 10_000);
    LabeledImageSource test = Mnist.test().slice(0, 500);
    NearestNeighbors judge = NearestNeighbors.of(train.toArrays(), train.labels());
    try (Autoencoder digits =
        Autoencoder.dense()
            .hidden(400)
            .bottleneck(4)
            .latentStage(Variational.standard().beta(4))
            .conditionedOn(train.classNames())
            .build()) {
      digits.fit(train, Training.epochs(10).batchSize(64));
      double right = 0;
      for (int digit = 0; digit < 10; digit++) {
        float[][] codes = Gaussian.standard(4).sample(OF_EACH, 100 + digit);
        float[][] drawn = digits.decode(codes, train.classNames().get(digit));
        right += judge.accuracy(drawn, all(digit, OF_EACH), 1) / 10;
      }
      assertThat(right).as("samples of the class asked for").isGreaterThan(0.9);
      // What a digit is like is what its code holds; which it is, it does not.
      float[][] sevens = digits.decode(digits.encode(test), "7");
      assertThat(judge.accuracy(sevens, all(7, test.size()), 1))
          .as("test digits made sevens")
          .isGreaterThan(0.9);
    }
  }

  private static int[] all(int label, int n) {
    int[] labels = new int[n];
    Arrays.fill(labels, label);
    return labels;
  }
}
