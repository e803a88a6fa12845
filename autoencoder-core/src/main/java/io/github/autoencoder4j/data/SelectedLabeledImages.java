package io.github.autoencoder4j.data;

import java.util.List;

/** A view of chosen samples of another labelled source. */
final class SelectedLabeledImages extends SelectedImages implements LabeledImageSource {

  private final LabeledImageSource source;

  SelectedLabeledImages(LabeledImageSource source, int[] indices) {
    super(source, indices);
    this.source = source;
  }

  @Override
  public int label(int index) {
    return source.label(sourceIndex(index));
  }

  @Override
  public List<String> classNames() {
    return source.classNames();
  }
}
