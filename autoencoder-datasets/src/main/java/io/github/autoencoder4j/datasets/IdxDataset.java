package io.github.autoencoder4j.datasets;

import com.google.common.base.Suppliers;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.idx.IdxFiles;
import io.github.autoencoder4j.datasets.internal.idx.LabelNames;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data set of four IDX files, as {@link Mnist#from(Path)} opens it. Images become values in [0,
 * 1] (byte / 255), labels become indices into {@link #classNames()}.
 *
 * <p>The class names follow from the labels: 0 to 9 are named by digit (MNIST, Fashion-MNIST,
 * KMNIST), 1 to 26 by letter (EMNIST letters), 47 and 62 classes as EMNIST balanced, bymerge and
 * byclass have them, any others by number.
 *
 * <p>EMNIST files hold each image with rows and columns swapped. Files named {@code emnist-...} are
 * therefore turned upright; {@link #transposed()} swaps once more, for those who want them as
 * stored or who have renamed them.
 *
 * <p>Immutable and thread-safe. Images are read at first use and then kept.
 *
 * <pre>{@code
 * IdxDataset fashion = Mnist.from(Path.of("data/fashion-mnist"));
 * autoencoder.fit(fashion.train(), training);
 * autoencoder.evaluate(fashion.test());
 * }</pre>
 */
public final class IdxDataset {

  private final Supplier<LabeledImageSource> train;
  private final Supplier<LabeledImageSource> test;
  private final List<String> classNames;

  private IdxDataset(
      Supplier<LabeledImageSource> train,
      Supplier<LabeledImageSource> test,
      List<String> classNames) {
    this.train = Suppliers.memoize(train::get);
    this.test = Suppliers.memoize(test::get);
    this.classNames = classNames;
  }

  static IdxDataset open(Path folder, @Nullable String name) {
    IdxFiles files = IdxFiles.in(folder, name);
    byte[] trainLabels = Idx.labels(files.trainLabels());
    byte[] testLabels = Idx.labels(files.testLabels());
    LabelNames names = LabelNames.of(trainLabels, testLabels);
    IdxDataset asStored =
        new IdxDataset(
            () -> Idx.read(files.trainImages(), files.trainLabels(), trainLabels, names),
            () -> Idx.read(files.testImages(), files.testLabels(), testLabels, names),
            names.names());
    return files.name().startsWith("emnist") ? asStored.transposed() : asStored;
  }

  /**
   * The samples to train on.
   *
   * @return all samples of the training files, one channel
   * @throws UnusableDataException if the image file is damaged or does not fit its labels
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public LabeledImageSource train() {
    return train.get();
  }

  /**
   * The samples to test with.
   *
   * @return all samples of the test files, one channel
   * @throws UnusableDataException if the image file is damaged or does not fit its labels
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public LabeledImageSource test() {
    return test.get();
  }

  /**
   * The names of the classes, of both parts together.
   *
   * @return one name a class; immutable
   */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * The same data set with rows and columns of every image swapped.
   *
   * @return a new data set; this one stays as it is
   */
  public IdxDataset transposed() {
    return new IdxDataset(
        () -> new TransposedImages(train()), () -> new TransposedImages(test()), classNames);
  }

  /** A view with rows and columns swapped. */
  private record TransposedImages(LabeledImageSource source) implements LabeledImageSource {

    @Override
    public int size() {
      return source.size();
    }

    @Override
    public ImageShape shape() {
      return ImageShape.grey(source.shape().width(), source.shape().height());
    }

    @Override
    public void read(int index, float[] destination, int offset) {
      float[] stored = source.get(index);
      int rows = source.shape().height();
      int columns = source.shape().width();
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          destination[offset + x * rows + y] = stored[y * columns + x];
        }
      }
    }

    @Override
    public int label(int index) {
      return source.label(index);
    }

    @Override
    public List<String> classNames() {
      return source.classNames();
    }
  }
}
