package io.github.autoencoder4j.data;

import java.util.List;
import java.util.Objects;

/**
 * An {@link ImageSource} whose samples belong to classes. Training an autoencoder never looks at
 * the labels; judging its latent space does.
 *
 * <pre>{@code
 * LabeledImageSource test = Mnist.test();
 * String digit = test.classNames().get(test.label(0)); // "7"
 * LabeledImageSource first = test.slice(0, 100); // labels come along
 * }</pre>
 */
public interface LabeledImageSource extends ImageSource {

  /**
   * The class of one sample.
   *
   * @param index which sample, from 0 to {@code size() - 1}
   * @return an index into {@link #classNames()}
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  int label(int index);

  /**
   * The names of the classes.
   *
   * @return one name a class; immutable
   */
  List<String> classNames();

  /**
   * The classes of all samples.
   *
   * @return a new array of {@code size()} indices into {@link #classNames()}
   */
  default int[] labels() {
    int[] labels = new int[size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(i);
    }
    return labels;
  }

  @Override
  default LabeledImageSource select(int... indices) {
    SelectedImages selected = new SelectedImages(this, indices);
    return LabeledView.of(selected, this, selected::sourceIndex);
  }

  @Override
  default LabeledImageSource slice(int from, int to) {
    return select(SelectedImages.range(from, to, size()));
  }

  /**
   * A source whose samples are given classes.
   *
   * <pre>{@code
   * LabeledImageSource flowers =
   *     LabeledImageSource.of(ImageSource.of(ImageShape.vector(4), rows), labels, List.of("rose", "iris"));
   * }</pre>
   *
   * @param samples what belongs to classes
   * @param labels one index into {@code classNames} for each sample; copied
   * @param classNames the names of the classes; copied
   * @return a view of the samples with their classes
   * @throws IllegalArgumentException if there are not as many labels as samples, or a label has no
   *     name
   */
  static LabeledImageSource of(ImageSource samples, int[] labels, List<String> classNames) {
    List<String> names = List.copyOf(classNames);
    int[] copy = labels.clone();
    if (copy.length != samples.size()) {
      throw new IllegalArgumentException(
          "%s labels cannot be those of %s samples; give one for each"
              .formatted(copy.length, samples.size()));
    }
    LabeledView.requireNamed(copy, names);
    return new LabeledView(samples, index -> copy[index], names);
  }

  /**
   * A labelled source over 8-bit values in memory: a quarter of the memory of floats. The arrays
   * are kept, not copied, because data sets are large; do not change them afterwards.
   *
   * @param shape the shape of each sample
   * @param pixels {@code n * shape.size()} unsigned bytes, sample after sample, each plane by
   *     plane; read as value / 255
   * @param labels {@code n} indices into {@code classNames}
   * @param classNames the names of the classes
   * @return a source of {@code n} samples
   * @throws IllegalArgumentException if the lengths do not fit together or a label has no name
   */
  static LabeledImageSource ofBytes(
      ImageShape shape, byte[] pixels, int[] labels, List<String> classNames) {
    return new ByteImages(
        Objects.requireNonNull(shape, "shape"),
        Objects.requireNonNull(pixels, "pixels"),
        Objects.requireNonNull(labels, "labels"),
        List.copyOf(classNames));
  }
}
