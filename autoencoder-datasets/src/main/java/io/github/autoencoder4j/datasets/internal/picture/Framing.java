package io.github.autoencoder4j.datasets.internal.picture;

import io.github.autoencoder4j.data.ImageShape;
import java.awt.Rectangle;

/**
 * What becomes of a stored picture: the largest centred part of the right proportions is scaled to
 * {@code width x height}, and then turned to stand upright.
 *
 * @param part of the stored picture
 * @param orientation how the stored picture must be turned
 * @param shape of the upright picture
 */
record Framing(Rectangle part, Orientation orientation, ImageShape shape) {

  static Framing of(StoredPicture picture, ImageShape shape) {
    Orientation orientation = picture.orientation();
    long wide = orientation.swapsSides() ? shape.height() : shape.width();
    long high = orientation.swapsSides() ? shape.width() : shape.height();
    int width = (int) Math.max(1, Math.min(picture.width(), picture.height() * wide / high));
    int height = (int) Math.max(1, Math.min(picture.height(), picture.width() * high / wide));
    Rectangle part =
        new Rectangle(
            (picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
    return new Framing(part, orientation, shape);
  }

  /** The width wanted, before turning. */
  int width() {
    return orientation.swapsSides() ? shape.height() : shape.width();
  }

  /** The height wanted, before turning. */
  int height() {
    return orientation.swapsSides() ? shape.width() : shape.height();
  }
}
