package io.github.autoencoder4j.examples.lab;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.random.RandomStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders of IDX files: the first few hundred digits of MNIST, or as many of other classes. */
final class TinyMnist {

  private TinyMnist() {}

  static Path write(Path folder, int train, int test) throws IOException {
    write(folder, "train", Mnist.train().slice(0, train), 0);
    write(folder, "t10k", Mnist.test().slice(0, test), 0);
    return folder;
  }

  /** Drawn rectangles in the format of EMNIST letters: 26 classes, a place for each. */
  static Path writeLetters(Path folder, int train, int test) throws IOException {
    write(folder, "train", letters(train, 1), 1);
    write(folder, "t10k", letters(test, 2), 1);
    return folder;
  }

  private static LabeledImageSource letters(int count, long seed) {
    ImageShape shape = ImageShape.grey(28, 28);
    byte[] pixels = new byte[count * shape.size()];
    int[] labels = new int[count];
    RandomStream random = RandomStream.of(seed, "letters");
    for (int i = 0; i < count; i++) {
      labels[i] = i % 26;
      int top = labels[i] / 6 * 5 + random.nextInt(3);
      int left = labels[i] % 6 * 4 + random.nextInt(3);
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 6; x++) {
          pixels[i * shape.size() + (top + y) % 28 * 28 + (left + x) % 28] =
              (byte) (150 + random.nextInt(106));
        }
      }
    }
    List<String> names =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars().mapToObj(Character::toString).toList();
    return LabeledImageSource.ofBytes(shape, pixels, labels, names);
  }

  private static void write(Path folder, String name, LabeledImageSource digits, int firstLabel)
      throws IOException {
    try (DataOutputStream images = open(folder, name + "-images-idx3-ubyte")) {
      images.writeInt(0x803);
      images.writeInt(digits.size());
      images.writeInt(digits.shape().height());
      images.writeInt(digits.shape().width());
      for (float[] digit : digits.toArrays()) {
        for (float pixel : digit) {
          images.writeByte(Math.round(255 * pixel));
        }
      }
    }
    try (DataOutputStream labels = open(folder, name + "-labels-idx1-ubyte")) {
      labels.writeInt(0x801);
      labels.writeInt(digits.size());
      for (int label : digits.labels()) {
        labels.writeByte(label + firstLabel);
      }
    }
  }

  private static DataOutputStream open(Path folder, String name) throws IOException {
    return new DataOutputStream(
        new java.io.BufferedOutputStream(Files.newOutputStream(folder.resolve(name))));
  }
}
