package io.github.autoencoder4j.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A view whose samples have the classes of those that they show. */
final class LabeledView implements LabeledImageSource {

  private final ImageSource view;
  private final LabeledImageSource source;
  private final IntUnaryOperator sourceIndex;

  /**
   * Adds the classes of a source to a view of it.
   *
   * @param sourceIndex says which sample of the source a sample of the view shows
   */
  LabeledView(ImageSource view, LabeledImageSource source, IntUnaryOperator sourceIndex) {
    this.view = view;
    this.source = source;
    this.sourceIndex = sourceIndex;
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
  public void read(int index, float[] destination, int offset) {
    view.read(index, destination, offset);
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    view.read(index, destination);
  }

  @Override
  public int label(int index) {
    return source.label(sourceIndex.applyAsInt(index));
  }

  @Override
  public List<String> classNames() {
    return source.classNames();
  }
}
