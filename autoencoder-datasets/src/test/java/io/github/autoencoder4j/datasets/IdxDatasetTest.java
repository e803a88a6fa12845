package io.github.autoencoder4j.datasets;

import static io.github.autoencoder4j.datasets.IdxFixture.gzip;
import static io.github.autoencoder4j.datasets.IdxFixture.images;
import static io.github.autoencoder4j.datasets.IdxFixture.labels;
import static io.github.autoencoder4j.datasets.IdxFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxDatasetTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
        + " t10k-labels-idx1-ubyte",
    "train-images.idx3-ubyte, train-labels.idx1-ubyte, t10k-images.idx3-ubyte,"
        + " t10k-labels.idx1-ubyte",
    "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte, test-images-idx3-ubyte.gz,"
        + " test-labels-idx1-ubyte.gz",
  })
  void findsTheUsualNames(String trainImages, String trainLabels, String testImages, String tests) {
    put(trainImages, images(1, 1, 2, new byte[] {0, -1}));
    put(trainLabels, labels(1, (byte) 9));
    put(testImages, images(1, 1, 2, new byte[] {-1, 0}));
    put(tests, labels(1, (byte) 4));

    IdxDataset dataset = Mnist.from(folder);

    assertThat(dataset.train().get(0)).containsExactly(0, 1);
    assertThat(dataset.train().label(0)).isEqualTo(9);
    assertThat(dataset.test().get(0)).containsExactly(1, 0);
    assertThat(dataset.test().label(0)).isEqualTo(4);
    assertThat(dataset.test().shape()).isEqualTo(ImageShape.grey(1, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 26, 26, A, Z",
    "0, 9, 10, 0, 9",
    "3, 5, 10, 0, 9",
    "0, 46, 47, 0, t",
    "0, 61, 62, 0, z",
    "0, 11, 12, 0, 11",
    "0, 255, 256, 0, 255"
  })
  void namesTheClassesByTheRangeOfTheLabels(
      int lowest, int highest, int classes, String first, String last) {
    putAll("", 1, 1, (byte) lowest, (byte) highest);

    IdxDataset dataset = Mnist.from(folder);

    assertThat(dataset.classNames()).hasSize(classes).startsWith(first).endsWith(last);
    assertThat(dataset.train().classNames()).isEqualTo(dataset.classNames());
    assertThat(dataset.test().classNames()).isEqualTo(dataset.classNames());
  }

  @Test
  void emnistLettersStartAtA() {
    putAll("emnist-letters-", 1, 1, (byte) 1, (byte) 26);

    assertThat(Mnist.from(folder).train().labels()).containsExactly(0, 25);
  }

  @Test
  void turnsEmnistUprightAndOthersNot() {
    putAll("emnist-letters-", 2, 3, (byte) 1, (byte) 26);
    float[] stored = {0, 1, 2, 3, 4, 5};
    float[] upright = {0, 3, 1, 4, 2, 5};

    IdxDataset emnist = Mnist.from(folder);
    assertThat(emnist.train().shape()).isEqualTo(ImageShape.grey(3, 2));
    assertThat(times255(emnist.train().get(0))).isEqualTo(upright);
    assertThat(times255(emnist.transposed().train().get(0))).isEqualTo(stored);
    assertThat(emnist.transposed().train().labels()).isEqualTo(emnist.train().labels());

    putAll("mine-", 2, 3, (byte) 0, (byte) 1);
    IdxDataset mine = Mnist.from(folder, "mine");
    assertThat(times255(mine.train().get(0))).isEqualTo(stored);
    assertThat(times255(mine.transposed().test().get(0))).isEqualTo(upright);
  }

  @Test
  void checksTheBufferOfATransposedImage() {
    putAll("emnist-letters-", 2, 3, (byte) 1, (byte) 26);

    assertThatThrownBy(() -> Mnist.from(folder).train().read(0, new float[5], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void asksWhichOfSeveralDataSetsIsMeant() {
    putAll("emnist-letters-", 1, 1, (byte) 1, (byte) 26);
    putAll("emnist-balanced-", 1, 1, (byte) 0, (byte) 46);

    assertThatThrownBy(() -> Mnist.from(folder))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("emnist-balanced, emnist-letters")
        .hasMessageContaining("Mnist.from(folder, name)");
    assertThat(Mnist.from(folder, "emnist-balanced").classNames()).hasSize(47);
  }

  @Test
  void listsWhatWasLookedForAndWhatLiesThere() {
    putAll("", 1, 1, (byte) 0, (byte) 1);
    put("notes.txt", new byte[0]);
    assertThat(folder.resolve("t10k-labels-idx1-ubyte").toFile().delete()).isTrue();

    assertThatThrownBy(() -> Mnist.from(folder))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("t10k-labels-idx1-ubyte[.gz] or test-labels-idx1-ubyte[.gz]")
        .hasMessageContaining("notes.txt")
        .hasMessageContaining("train-images-idx3-ubyte");
  }

  @Test
  void listsOnlyTheFirstOfManyFiles() {
    for (int i = 10; i < 45; i++) {
      put("file" + i, new byte[0]);
    }
    assertThatThrownBy(() -> Mnist.from(folder))
        .hasMessageContaining("file29")
        .hasMessageNotContaining("file30")
        .hasMessageContaining("15 more");
  }

  @Test
  void takesNoFolderForAFile() throws Exception {
    putAll("", 1, 1, (byte) 0, (byte) 1);
    Path images = folder.resolve("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    Files.delete(images);
    Files.createDirectory(images);
    assertThatThrownBy(() -> Mnist.from(folder))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no train images file")
        .hasMessageContaining("train-images-idx3-ubyte/");

    put("train-images-idx3-ubyte.gz", bytes);
    assertThat(Mnist.from(folder).train().size()).isEqualTo(2);
  }

  @Test
  void namesAFolderThatIsEmptyMissingOrAFile() throws Exception {
    assertThatThrownBy(() -> Mnist.from(folder))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("the folder is empty");
    assertThatThrownBy(() -> Mnist.from(folder.resolve("nowhere")))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> Mnist.from(Files.createFile(folder.resolve("a"))))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("a file");
  }

  @Test
  void findsDamagedLabelsAtOnceAndDamagedImagesWhenAskedForThem() {
    putAll("", 1, 1, (byte) 0, (byte) 1);
    put("train-images-idx3-ubyte", images(3, 1, 1, new byte[3]));
    IdxDataset dataset = Mnist.from(folder);

    assertThatThrownBy(dataset::train)
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("3 images");
    assertThat(dataset.test().size()).isEqualTo(2);

    put("t10k-labels-idx1-ubyte", labels(5));
    assertThatThrownBy(() -> Mnist.from(folder))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("t10k-labels-idx1-ubyte");
  }

  /** Two images of rows x columns that count up from 0 to rows * columns - 1. */
  private void putAll(String prefix, int rows, int columns, byte... labels) {
    byte[] pixels = new byte[2 * rows * columns];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % (rows * columns));
    }
    for (String part : new String[] {"train", "t10k"}) {
      put(prefix + part + "-images-idx3-ubyte", images(2, rows, columns, pixels));
      put(prefix + part + "-labels-idx1-ubyte", labels(2, labels));
    }
  }

  private void put(String name, byte[] bytes) {
    write(folder, name, name.endsWith(".gz") ? gzip(bytes) : bytes);
  }

  private static float[] times255(float[] values) {
    float[] bytes = values.clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round(bytes[i] * 255);
    }
    return bytes;
  }
}
