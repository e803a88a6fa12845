package io.github.autoencoder4j.viz;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Which value has which colour.
 *
 * @param min the value at the start of the map; below {@code max}
 */
record ColorScale(ColorMap map, double min, double max) {

  private static final int BAR_WIDTH = 16;

  /** A scale that covers a range: symmetric about zero if the map is for values with a sign. */
  static ColorScale covering(ColorMap map, double min, double max) {
    if (map == ColorMap.DIVERGING) {
      double largest = Math.max(Math.abs(min), Math.abs(max));
      return Axis.isOneValue(-largest, largest)
          ? new ColorScale(map, -1, 1)
          : new ColorScale(map, -largest, largest);
    }
    // Equal values still need a range of some width, however far from zero they lie.
    double half = Axis.isOneValue(min, max) ? Math.max(1e-9, Math.abs(min) * 1e-3) : 0;
    return new ColorScale(map, Axis.finite(min - half), Axis.finite(max + half));
  }

  int rgb(double value) {
    return map.rgb(Axis.share(value, min, max));
  }

  Color color(double value) {
    return new Color(rgb(value));
  }

  /** One pixel a value, the first row on top. */
  BufferedImage image(double[][] rows) {
    BufferedImage image =
        new BufferedImage(rows[0].length, rows.length, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[y].length; x++) {
        image.setRGB(x, y, rgb(rows[y][x]));
      }
    }
    return image;
  }

  /**
   * A body with a colour bar on its right, which has its values beside it, the largest on top.
   *
   * @param top how far below the top of the body the bar begins, unless its label needs more room
   */
  Block beside(Block body, int top, String label, int height) {
    Axis axis = Axis.linear(label, min, max, false);
    double[][] steps = new double[Math.max(2, height)][1];
    for (int i = 0; i < steps.length; i++) {
      double down = (double) i / (steps.length - 1);
      steps[i][0] = axis.max() * (1 - down) + axis.min() * down;
    }
    Plot bar = new Plot(axis, axis, BAR_WIDTH, height);
    int lower = top - bar.originY();
    return Block.row(
        Theme.MARGIN, List.of(body.lowered(-lower), bar.strip(image(steps)).lowered(lower)));
  }
}
