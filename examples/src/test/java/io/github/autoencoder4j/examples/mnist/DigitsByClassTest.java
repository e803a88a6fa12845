package io.github.autoencoder4j.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.AutoencoderBuilder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.metric.NearestNeighbors;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Digits that are asked for by name, judged by their nearest training digits. */
class DigitsByClassTest {

  private static final int OF_EACH = Integer.getInteger("digits.of.each", 20);

  private static final int TRAINED_ON = Integer.getInteger("digits.trained.on", 10_000);

  private static final int EPOCHS = Integer.getInteger("digits.epochs", 5);

  static Stream<Named<AutoencoderBuilder<?>>> kinds() {
    return Stream.of(
        Named.of("dense", Autoencoder.dense().hidden(400).bottleneck(20).variational()),
        Named.of(
            "conv",
            Autoencoder.conv().latent(7, 7, 4).widths(16, 16).residualBlocks(0).variational()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void samplesAreOfTheClassThatWasAskedFor(AutoencoderBuilder<?> builder) {
    LabeledImageSource train = Mnist.train().slice(0, TRAINED_ON);
    LabeledImageSource test = Mnist.test().slice(0, 1_000);
    NearestNeighbors judge = NearestNeighbors.of(train.toArrays(), train.labels());
    try (Autoencoder digits = builder.conditionedOn(train.classNames()).build()) {
      digits.fit(train, Training.epochs(EPOCHS).batchSize(128));
      double right = 0;
      for (int digit = 0; digit < 10; digit++) {
        float[][] codes =
            Gaussian.standard(digits.latentShape().size()).sample(OF_EACH, 100 + digit);
        float[][] drawn = digits.decode(codes, train.classNames().get(digit));
        int[] asked = new int[OF_EACH];
        Arrays.fill(asked, digit);
        right += judge.accuracy(drawn, asked, 1) / 10;
      }
      // What a digit is like stays where its class is another one.
      float[][] sevens = digits.decode(digits.encode(test), "7");
      int[] allSevens = new int[test.size()];
      Arrays.fill(allSevens, 7);
      double turned = judge.accuracy(sevens, allSevens, 1);
      System.out.printf(
          "of the class asked for: %.4f of samples, %.4f of test digits made sevens; loss %.4f%n",
          right, turned, digits.evaluate(test).reconstructionLoss());
      assertThat(right).isGreaterThan(0.9);
      assertThat(turned).isGreaterThan(0.9);
    }
  }
}
