package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

  @Test
  void holdsAllTrainingDigits() {
    LabeledImageSource train = Mnist.train();

    assertThat(train.size()).isEqualTo(60_000);
    assertThat(train.shape()).isEqualTo(ImageShape.grey(28, 28));
    assertThat(train.classNames())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(classCounts(train))
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
  }

  @Test
  void holdsAllTestDigits() {
    LabeledImageSource test = Mnist.test();

    assertThat(test.size()).isEqualTo(10_000);
    assertThat(classCounts(test))
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
  }

  @Test
  void firstTrainingDigitIsTheFiveEverybodyKnows() {
    float[] five = Mnist.train().get(0);

    assertThat(Mnist.train().label(0)).isEqualTo(5);
    // Row 5 of the first image, as printed in every MNIST tutorial.
    int[] row = {3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127};
    for (int i = 0; i < row.length; i++) {
      assertThat(five[5 * 28 + 12 + i]).isEqualTo(row[i] / 255f);
    }
    assertThat(five[0]).isZero();
  }

  @Test
  void meanAndDeviationAreThePublishedOnes() {
    LabeledImageSource train = Mnist.train();
    double sum = 0;
    double squares = 0;
    float[] image = new float[784];
    for (int i = 0; i < train.size(); i++) {
      train.read(i, image, 0);
      for (float value : image) {
        sum += value;
        squares += value * value;
      }
    }
    double n = 60_000.0 * 784;
    double mean = sum / n;

    assertThat(mean).isCloseTo(0.1307, org.assertj.core.data.Offset.offset(5e-5));
    assertThat(Math.sqrt(squares / n - mean * mean))
        .isCloseTo(0.3081, org.assertj.core.data.Offset.offset(5e-5));
  }

  @Test
  void givesTheSameDigitsToManyThreads() {
    CompletableFuture<?>[] readers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> assertThat(Mnist.test().label(0)).isEqualTo(7)))
            .toArray(CompletableFuture[]::new);

    CompletableFuture.allOf(readers).join();
  }

  @Test
  void readsAFolderOfTheOriginalFiles(@TempDir Path folder) throws Exception {
    for (String name :
        new String[] {
          "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"
        }) {
      try (var in = Mnist.class.getResourceAsStream("mnist/" + name + ".gz")) {
        Files.copy(in, folder.resolve(name + ".gz"));
      }
    }

    IdxDataset mnist = Mnist.from(folder);

    assertThat(mnist.train().size()).isEqualTo(60_000);
    assertThat(mnist.test().labels()).isEqualTo(Mnist.test().labels());
    assertThat(mnist.test().get(9_999)).isEqualTo(Mnist.test().get(9_999));
  }

  @Test
  void attributionStandsBesideTheFiles() throws Exception {
    try (var in = Mnist.class.getResourceAsStream("mnist/ATTRIBUTION.md")) {
      assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("LeCun", "Cortes", "Burges", "Attribution-ShareAlike 3.0");
    }
  }

  @Test
  void rejectsAnImageThatIsNotThere() {
    assertThatThrownBy(() -> Mnist.test().get(10_000))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static int[] classCounts(LabeledImageSource source) {
    int[] counts = new int[source.classNames().size()];
    Arrays.stream(source.labels()).forEach(label -> counts[label]++);
    return counts;
  }
}
