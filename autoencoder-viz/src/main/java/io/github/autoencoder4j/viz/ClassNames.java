package io.github.autoencoder4j.viz;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Writes the name of each class at the median of its points. */
final class ClassNames {

  // Two names move by half of what they lack, so a crowd of them needs many rounds.
  private static final int ROUNDS = 1_000;
  // The line height leaves room for the white rim of a name above and below, its width does not.
  private static final int RIM = 2;
  // Less than half a pixel of two rims is nothing to be seen.
  private static final double TOLERANCE = 0.5;

  private ClassNames() {}

  /** Names in a plot, pushed apart and away from its frame until each can be read. */
  static void paint(
      Graphics2D g, Plot area, List<String> names, float[] x, float[] y, int[] labels) {
    int[] present =
        IntStream.range(0, names.size())
            .filter(c -> Arrays.stream(labels).anyMatch(label -> label == c))
            .toArray();
    List<Rectangle2D.Double> boxes = new ArrayList<>();
    for (int label : present) {
      int[] members = IntStream.range(0, labels.length).filter(j -> labels[j] == label).toArray();
      double width = Lettering.width(names.get(label), TextStyle.TITLE) + 2 * RIM;
      double height = Lettering.height(TextStyle.TITLE);
      boxes.add(
          new Rectangle2D.Double(
              area.left(median(x, members)) - width / 2,
              area.top(median(y, members)) - height / 2,
              width,
              height));
    }
    separate(boxes, area.width(), area.height());
    for (int i = 0; i < present.length; i++) {
      Rectangle2D.Double box = boxes.get(i);
      Lettering.drawHaloed(g, names.get(present[i]), TextStyle.TITLE, box.getCenterX(), box.y);
    }
  }

  private static double median(float[] values, int[] members) {
    double[] sorted = Arrays.stream(members).mapToDouble(i -> values[i]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Moves boxes until all lie inside the area and, if it has room, none overlap. */
  static void separate(List<Rectangle2D.Double> boxes, double width, double height) {
    keepInside(boxes, width, height);
    boolean moved = true;
    for (int round = 0; moved && round < ROUNDS; round++) {
      moved = false;
      for (int i = 0; i < boxes.size(); i++) {
        for (int j = 0; j < i; j++) {
          moved |= part(boxes.get(j), boxes.get(i), round < ROUNDS / 2);
        }
      }
      keepInside(boxes, width, height);
    }
  }

  /**
   * Moves two boxes that overlap away from each other the shorter way, each by half of it.
   *
   * @param sideways whether that may be sideways: names that are jammed between the sides of the
   *     area have to go up and down
   */
  private static boolean part(Rectangle2D.Double a, Rectangle2D.Double b, boolean sideways) {
    double dx = b.getCenterX() - a.getCenterX();
    double dy = b.getCenterY() - a.getCenterY();
    double overlapX = (a.width + b.width) / 2 - Math.abs(dx);
    double overlapY = (a.height + b.height) / 2 - Math.abs(dy);
    if (overlapX <= TOLERANCE || overlapY <= TOLERANCE) {
      return false;
    }
    if (sideways && overlapX < overlapY) {
      double step = dx < 0 ? -overlapX / 2 : overlapX / 2;
      a.x -= step;
      b.x += step;
    } else {
      double step = dy < 0 ? -overlapY / 2 : overlapY / 2;
      a.y -= step;
      b.y += step;
    }
    return true;
  }

  private static void keepInside(List<Rectangle2D.Double> boxes, double width, double height) {
    for (Rectangle2D.Double box : boxes) {
      box.x = inside(box.x, width - box.width);
      box.y = inside(box.y, height - box.height);
    }
  }

  /** The nearest place from 0 to the last; in the middle if a box is longer than the area. */
  private static double inside(double place, double last) {
    return last < 0 ? last / 2 : Math.max(0, Math.min(last, place));
  }
}
