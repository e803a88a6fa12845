package io.github.autoencoder4j.examples.lab;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of IDX files with the first few hundred digits of MNIST. */
final class TinyMnist {

  private TinyMnist() {}

  static Path write(Path folder, int train, int test) throws IOException {
    write(folder, "train", Mnist.train().slice(0, train));
    write(folder, "t10k", Mnist.test().slice(0, test));
    return folder;
  }

  private static void write(Path folder, String name, LabeledImageSource digits)
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
        labels.writeByte(label);
      }
    }
  }

  private static DataOutputStream open(Path folder, String name) throws IOException {
    return new DataOutputStream(
        new java.io.BufferedOutputStream(Files.newOutputStream(folder.resolve(name))));
  }
}
