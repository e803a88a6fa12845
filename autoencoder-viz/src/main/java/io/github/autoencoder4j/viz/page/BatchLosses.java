package io.github.autoencoder4j.viz.page;

import java.util.ArrayList;
import java.util.List;

/**
 * The losses of all batches of a run as a curve of 200 to 400 points, however many there are: each
 * point is the mean of as many batches in a row, and when there are too many points, pairs of them
 * become one.
 */
final class BatchLosses {

  private static final int MAX_POINTS = 400;

  /** Where the batches of a point end, in epochs, and the sum of their losses. */
  private record Point(double end, double sum) {}

  private final List<Point> points = new ArrayList<>();
  private int perPoint = 1;
  private double sum;
  private int count;

  /** Adds a batch that ends after so many epochs. */
  void add(double epochs, double loss) {
    sum += loss;
    count++;
    if (count == perPoint) {
      points.add(new Point(epochs, sum));
      sum = 0;
      count = 0;
    }
    if (points.size() == MAX_POINTS) {
      for (int i = 0; i < MAX_POINTS / 2; i++) {
        Point second = points.get(2 * i + 1);
        points.set(i, new Point(second.end, points.get(2 * i).sum + second.sum));
      }
      points.subList(MAX_POINTS / 2, MAX_POINTS).clear();
      perPoint *= 2;
    }
  }

  /** How many batches a point is the mean of. */
  int perPoint() {
    return perPoint;
  }

  Chart chart() {
    return Chart.lines("epoch", "loss")
        .series(
            "batches",
            points.stream().mapToDouble(Point::end).toArray(),
            points.stream().mapToDouble(point -> point.sum / perPoint).toArray());
  }
}
