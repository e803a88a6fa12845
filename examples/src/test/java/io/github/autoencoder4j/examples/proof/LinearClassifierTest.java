package io.github.autoencoder4j.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.random.RandomStream;
import org.junit.jupiter.api.Test;

class LinearClassifierTest {

  /** Classes around the corners of a triangle: sums of features tell them apart. */
  private static float[][] corners(int[] labels, double deviation, long seed) {
    RandomStream random = RandomStream.of(seed, "corners");
    float[][] rows = new float[labels.length][3];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < 3; j++) {
        rows[i][j] = (float) ((j == labels[i] ? 5 : 0) + deviation * random.nextGaussian());
      }
    }
    return rows;
  }

  private static int[] labels(int n) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 3;
    }
    return labels;
  }

  @Test
  void tellsApartWhatIsLinearlySeparable() {
    int[] labels = labels(3_000);
    LinearClassifier classifier =
        LinearClassifier.train(corners(labels, 0.5, 1), labels, 3, 1e-5, 150, 1);
    int[] other = labels(900);
    assertThat(classifier.accuracy(corners(other, 0.5, 2), other)).isGreaterThan(0.99);
  }

  /** It cannot do what no weighted sum does: tell the inside of a ring from the ring. */
  @Test
  void isLinear() {
    RandomStream random = RandomStream.of(3, "ring");
    int[] labels = new int[3_000];
    float[][] rows = new float[labels.length][2];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = i % 2;
      double angle = 2 * Math.PI * random.nextDouble();
      rows[i][0] = (float) ((1 + 3 * labels[i]) * Math.cos(angle));
      rows[i][1] = (float) ((1 + 3 * labels[i]) * Math.sin(angle));
    }
    LinearClassifier classifier = LinearClassifier.train(rows, labels, 2, 1e-5, 20, 1);
    assertThat(classifier.accuracy(rows, labels)).isBetween(0.3, 0.7);
  }
}
