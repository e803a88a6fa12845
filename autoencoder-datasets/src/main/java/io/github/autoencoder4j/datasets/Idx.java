package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.idx.IdxReader;
import io.github.autoencoder4j.datasets.internal.idx.LabelNames;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.nio.file.Path;

/**
 * Reads images and labels in IDX, the file format of MNIST, under any file names. {@link
 * Mnist#from(Path)} is simpler where the files have their usual names.
 *
 * <pre>{@code
 * LabeledImageSource mine = Idx.read(Path.of("my-images.gz"), Path.of("my-labels.gz"));
 * }</pre>
 */
public final class Idx {

  private Idx() {}

  /**
   * Reads an image file and its label file, each plain or gzipped. Values are bytes, read as value
   * / 255; the classes are named as {@link IdxDataset} says.
   *
   * @param images IDX file with magic number 2051: {@code n} grey images of any one size
   * @param labels IDX file with magic number 2049: {@code n} labels
   * @return {@code n} samples of one channel, held in memory as bytes
   * @throws UnusableDataException if a file is truncated, corrupt, of another format, empty, longer
   *     than its header says, over 2 GB, or unpacks to over 64 MB and over 100 times its size, or
   *     if the files hold different counts
   * @throws java.io.UncheckedIOException if a file cannot be read
   */
  public static LabeledImageSource read(Path images, Path labels) {
    byte[] values = labels(labels);
    return read(images, labels, values, LabelNames.of(values));
  }

  static byte[] labels(Path file) {
    try (IdxReader reader = IdxReader.open(file)) {
      return reader.labels();
    }
  }

  static LabeledImageSource read(
      Path imagesFile, Path labelsFile, byte[] labels, LabelNames names) {
    try (IdxReader reader = IdxReader.open(imagesFile)) {
      return reader.images(labels, names, labelsFile.toString());
    }
  }
}
