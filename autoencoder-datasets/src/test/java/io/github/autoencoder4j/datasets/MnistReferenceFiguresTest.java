package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.baseline.MeanImage;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.metric.BinaryCrossEntropy;
import io.github.autoencoder4j.metric.CrossEntropySummary;
import io.github.autoencoder4j.metric.NearestNeighborAccuracy;
import io.github.autoencoder4j.metric.NearestNeighbors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines on all 70,000 digits of the jar, against figures measured with independent code. */
class MnistReferenceFiguresTest {

  private static final Logger log = LoggerFactory.getLogger(MnistReferenceFiguresTest.class);

  private static final LabeledImageSource train = Mnist.train();
  private static final LabeledImageSource test = Mnist.test();

  @Test
  void judgesAllDigitsOfTheJar() {
    assertThat(train.size()).isEqualTo(60_000);
    assertThat(test.size()).isEqualTo(10_000);
  }

  @Test
  void meanImage() {
    MeanImage line = MeanImage.fit(train);
    BinaryCrossEntropy loss = new BinaryCrossEntropy(784);
    float[][] images = test.toArrays();
    loss.add(images, line.reconstruct(images));
    CrossEntropySummary summary = loss.summary();
    log.info("mean image: {} floor {}", summary.perPixel(), summary.floorPerPixel());
    assertThat(summary.perPixel()).isCloseTo(0.2625, within(5e-5));
    assertThat(summary.floorPerPixel()).isCloseTo(0.0581, within(5e-5));
    assertThat(line.evaluate(test).mse()).isCloseTo(0.0675, within(5e-5));
  }

  @Test
  void principalComponents() {
    double[] expected = {0.0557, 0.0341, 0.0168};
    int[] components = {2, 10, 32};
    for (int i = 0; i < components.length; i++) {
      long start = System.nanoTime();
      Pca pca = Pca.fit(train, components[i]);
      double seconds = (System.nanoTime() - start) / 1e9;
      double mse = pca.evaluate(test).mse();
      log.info("PCA-{}: mse {} fitted in {} s", components[i], mse, seconds);
      assertThat(mse).isCloseTo(expected[i], within(5e-5));
    }
  }

  @Test
  void neighborsInTwoComponents() {
    Pca pca = Pca.fit(train, 2);
    float[][] trainCodes = pca.encode(train);
    float[][] testCodes = pca.encode(test);
    long start = System.nanoTime();
    NearestNeighborAccuracy accuracy =
        NearestNeighbors.of(trainCodes, train.labels()).accuracy(testCodes, test.labels());
    log.info("{} in {} s", accuracy, (System.nanoTime() - start) / 1e9);
    assertThat(accuracy.k10()).isCloseTo(0.443, within(0.002));
  }
}
