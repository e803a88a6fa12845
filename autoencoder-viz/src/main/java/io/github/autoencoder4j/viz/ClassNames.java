package io.github.autoencoder4j.viz;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Writes the name of each class at the median of its points. */
final class ClassNames {

  private static final int ROUNDS = 100;

  private ClassNames() {}

  /** Names in a plot, those of neighbouring clouds pushed apart until each can be read. */
  static void paint(
      Graphics2D g, Plot area, List<String> names, float[] x, float[] y, int[] labels) {
    int[] present =
        IntStream.range(0, names.size())
            .filter(c -> Arrays.stream(labels).anyMatch(label -> label == c))
            .toArray();
    double[][] places = new double[present.length][];
    for (int i = 0; i < places.length; i++) {
      int label = present[i];
      int[] members = IntStream.range(0, labels.length).filter(j -> labels[j] == label).toArray();
      places[i] = new double[] {area.left(median(x, members)), area.top(median(y, members))};
    }
    separate(places, Lettering.height(TextStyle.TITLE));
    for (int i = 0; i < places.length; i++) {
      Lettering.drawHaloed(
          g,
          names.get(present[i]),
          TextStyle.TITLE,
          places[i][0],
          places[i][1] - Lettering.height(TextStyle.TITLE) / 2.0);
    }
  }

  private static double median(float[] values, int[] members) {
    double[] sorted = Arrays.stream(members).mapToDouble(i -> values[i]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Moves places that are too close away from each other, by half the lacking distance each. */
  static void separate(double[][] places, double distance) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < places.length; i++) {
        for (int j = 0; j < i; j++) {
          double dx = places[i][0] - places[j][0];
          double dy = places[i][1] - places[j][1];
          double apart = Math.hypot(dx, dy);
          if (apart < distance) {
            // Two names at the very same place have no direction: part them sideways.
            double unitX = apart == 0 ? 1 : dx / apart;
            double unitY = apart == 0 ? 0 : dy / apart;
            double step = (distance - apart) / 2;
            places[i][0] += unitX * step;
            places[i][1] += unitY * step;
            places[j][0] -= unitX * step;
            places[j][1] -= unitY * step;
          }
        }
      }
    }
  }
}
