package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageShape;

/** Cuts an image into equal patches, numbered row by row, and puts it together again. */
record PatchGrid(ImageShape image, ImageShape patch) {

  static PatchGrid of(ImageShape image, int rows, int columns) {
    if (rows < 1 || columns < 1 || image.height() % rows != 0 || image.width() % columns != 0) {
      throw new IllegalArgumentException(
          "the latent's sides must divide the image's, but %s x %s does not divide %s"
              .formatted(rows, columns, image));
    }
    return new PatchGrid(
        image, new ImageShape(image.height() / rows, image.width() / columns, image.channels()));
  }

  int rows() {
    return image.height() / patch.height();
  }

  int columns() {
    return image.width() / patch.width();
  }

  int count() {
    return rows() * columns();
  }

  void cut(float[] from, int position, float[] patchValues) {
    for (int line = 0; line < patch.channels() * patch.height(); line++) {
      System.arraycopy(
          from, offset(position, line), patchValues, line * patch.width(), patch.width());
    }
  }

  void paste(float[] patchValues, int position, float[] to) {
    for (int line = 0; line < patch.channels() * patch.height(); line++) {
      System.arraycopy(
          patchValues, line * patch.width(), to, offset(position, line), patch.width());
    }
  }

  /** Where in the image a line of a patch starts; lines run through the rows of each channel. */
  private int offset(int position, int line) {
    int channel = line / patch.height();
    int y = position / columns() * patch.height() + line % patch.height();
    int x = position % columns() * patch.width();
    return (channel * image.height() + y) * image.width() + x;
  }
}
