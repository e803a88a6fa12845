package io.github.autoencoder4j.internal.numerics;

import io.github.autoencoder4j.internal.samples.ParallelReading;
import java.util.function.IntFunction;

/** Points of a {@link DistanceScreen}, as they are and as a factor of matrix products. */
final class PointBlock {

  private final int dimensions;

  /** {@code (y, (1 - error) |y|^2, 1)} of each. */
  private final Products.Rows factor;

  private final float[][] rows;

  /** Of each point how much more its square can be than what is in the factor. */
  private final float[] slack;

  private final double[] squares;
  private double greatest;
  private int first;
  private int count;

  PointBlock(int capacity, int dimensions) {
    this.dimensions = dimensions;
    this.factor = new Products.Rows(capacity, dimensions + 2);
    this.rows = new float[capacity][];
    this.slack = new float[capacity];
    this.squares = new double[capacity];
  }

  int capacity() {
    return rows.length;
  }

  /** Reads points in place of the last. */
  void read(int from, int points, IntFunction<float[]> read) {
    first = from;
    count = points;
    greatest = 0;
    ParallelReading.forEach(points, j -> rows[j] = read.apply(from + j));
  }

  /** Makes a point ready, in any order and on any thread. */
  void put(int j, DistanceScreen screen) {
    float[] moved = new float[dimensions + 2];
    double square = screen.move(rows[j], 1, moved);
    squares[j] = square;
    moved[dimensions] = (float) ((1 - screen.error()) * square);
    moved[dimensions + 1] = 1;
    slack[j] = (float) (2 * screen.error() * square);
    factor.put(j, moved);
  }

  /** Ends the making of points ready. */
  void seal() {
    greatest = 0;
    for (int j = 0; j < count; j++) {
      // Kept if it is not a number, too.
      greatest = squares[j] <= greatest ? greatest : squares[j];
    }
  }

  Products.Rows factor() {
    return factor;
  }

  /** The number of the first point. */
  int first() {
    return first;
  }

  /** How many points there are. */
  int count() {
    return count;
  }

  float[] row(int j) {
    return rows[j];
  }

  float slack(int j) {
    return slack[j];
  }

  /** The greatest square of a point; may not be finite. */
  double greatest() {
    return greatest;
  }
}
