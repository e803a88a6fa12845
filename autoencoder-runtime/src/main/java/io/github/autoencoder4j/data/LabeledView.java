package io.github.autoencoder4j.data;

import io.github.autoencoder4j.table.TableSchema;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** A view whose samples have the classes of those that they show. */
final class LabeledView implements LabeledImageSource {

  private final ImageSource view;
  private final IntUnaryOperator labels;
  private final List<String> classNames;

  /**
   * Adds classes.
   *
   * @param labels says which class a sample of the view has
   */
  LabeledView(ImageSource view, IntUnaryOperator labels, List<String> classNames) {
    this.view = view;
    this.labels = labels;
    this.classNames = classNames;
  }

  /**
   * Adds the classes of a source to a view of it.
   *
   * @param sourceIndex says which sample of the source a sample of the view shows
   */
  static LabeledView of(ImageSource view, LabeledImageSource source, IntUnaryOperator sourceIndex) {
    return new LabeledView(
        view, index -> source.label(sourceIndex.applyAsInt(index)), source.classNames());
  }

  /** Refuses labels without a name. */
  static void requireNamed(int[] labels, List<String> classNames) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "label %s of sample %s has no name: there are %s classes"
                .formatted(labels[i], i, classNames.size()));
      }
    }
  }

  @Override
  public int size() {
    return view.size();
  }

  @Override
  public ImageShape shape() {
    return view.shape();
  }

  @Override
  public Optional<TableSchema> columns() {
    return view.columns();
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    view.read(index, destination, offset);
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    view.read(index, destination);
  }

  @Override
  public int label(int index) {
    return labels.applyAsInt(index);
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }
}
