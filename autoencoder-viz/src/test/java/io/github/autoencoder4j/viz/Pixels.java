package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/** What a test wants to know of a drawn picture. */
final class Pixels {

  static final int WHITE = 0xffffff;

  private final BufferedImage image;

  private Pixels(BufferedImage image) {
    this.image = image;
  }

  static Pixels of(Picture picture) {
    return new Pixels(picture.toImage());
  }

  /** The colour of the series or class of that number, as the figures give it out. */
  static int seriesColor(int index, int count) {
    return Palette.of(count).get(index).getRGB() & 0xffffff;
  }

  int at(int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  /** The smallest rectangle around all pixels of exactly that colour below the given row. */
  Rectangle bounds(int rgb, int fromRow) {
    Rectangle bounds = null;
    for (int y = fromRow; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (at(x, y) == rgb) {
          Rectangle pixel = new Rectangle(x, y, 1, 1);
          bounds = bounds == null ? pixel : bounds.union(pixel);
        }
      }
    }
    assertThat(bounds).as("a pixel of colour %06x", rgb).isNotNull();
    return bounds;
  }

  /** Whether nothing reaches into the margin of the picture, where it would be cut. */
  boolean keepsItsMargin() {
    // The antialiasing of a letter may reach a pixel too far.
    int margin = Theme.MARGIN - 1;
    int width = image.getWidth();
    int height = image.getHeight();
    return !inked(new Rectangle(0, 0, width, margin))
        && !inked(new Rectangle(0, height - margin, width, margin))
        && !inked(new Rectangle(0, 0, margin, height))
        && !inked(new Rectangle(width - margin, 0, margin, height));
  }

  /** Whether anything but white lies in a rectangle. */
  boolean inked(Rectangle area) {
    for (int y = area.y; y < area.y + area.height; y++) {
      for (int x = area.x; x < area.x + area.width; x++) {
        if (at(x, y) != WHITE) {
          return true;
        }
      }
    }
    return false;
  }
}
