package io.github.autoencoder4j.internal.numerics;

import io.github.autoencoder4j.internal.samples.ParallelReading;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Tells which points of a block may lie near queries, by distances in single precision.
 *
 * <p>Queries and points are moved to the middle of the first points, where differences of large
 * numbers lose least, and scaled by a power of two, so that squares neither overflow nor vanish.
 * There, with {@code u} the rounding of a float, {@code |x|^2 + |y|^2 - 2 xy} is off by no more
 * than {@code 2 (d + 8) u (|x|^2 + |y|^2)}: a product of {@code d} terms by {@code d u |x| |y|}
 * (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, section 3.1), moving and adding
 * by a few more {@code u}. Whatever is not finite is not left out.
 */
final class DistanceScreen {

  /** More than squares lose that are too small for a float. */
  private static final double VANISHING = 1e-30;

  /** Told of a point. */
  @FunctionalInterface
  interface Visitor {
    void visit(int index, float[] point);
  }

  private final int dimensions;
  private final int capacity;
  private final double error;
  private final double[] middle;
  private final float[] queries;
  private final double[] querySquares;
  private final float[] points;

  /** The block as it was before it was moved. */
  private final float[][] rows;

  /** Of each point the least that its square can be, and how much more it can be. */
  private final float[] least;

  private final float[] slack;
  private final float[] products;
  private final Products.OfRows product;
  private double scale;

  /** The number of the first point of the block; below 0 before there is one. */
  private int first = -1;

  private int loaded;

  /**
   * Makes room.
   *
   * @param dimensions the length of queries and points
   * @param most the most queries at a time
   * @param capacity the most points of a block
   */
  DistanceScreen(int dimensions, int most, int capacity) {
    this.dimensions = dimensions;
    this.capacity = capacity;
    this.error = 2.0 * (dimensions + 8) * 0x1p-24;
    this.middle = new double[dimensions];
    this.queries = new float[most * dimensions];
    this.querySquares = new double[most];
    this.points = new float[capacity * dimensions];
    this.rows = new float[capacity][];
    this.least = new float[capacity];
    this.slack = new float[capacity];
    this.products = new float[most * capacity];
    this.product = new Products.OfRows(most, capacity, dimensions);
  }

  /**
   * Takes a block of points in place of the last; does nothing if it is the last.
   *
   * @param from the number of its first point, by which it is known
   * @param count how many points
   * @param read reads one, counted from 0 within the block
   */
  void load(int from, int count, IntFunction<float[]> read) {
    if (from == first) {
      return;
    }
    ParallelReading.forEach(count, j -> rows[j] = read.apply(j));
    if (first < 0) {
      center(count);
    }
    ParallelReading.forEach(
        count,
        j -> {
          double square = move(rows[j], points, j);
          least[j] = (float) ((1 - error) * square);
          slack[j] = (float) (2 * error * square);
        });
    product.setRight(points);
    first = from;
    loaded = count;
  }

  private void center(int count) {
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < dimensions; i++) {
        middle[i] += rows[j][i] / (double) count;
      }
    }
    double largest = 0;
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < dimensions; i++) {
        largest = Math.max(largest, Math.abs(rows[j][i] - middle[i]));
      }
    }
    scale = largest > 0 ? Math.scalb(1, -Math.getExponent(largest)) : 1;
  }

  /** Moves and scales a row; returns its squared length. */
  private double move(float[] row, float[] to, int index) {
    double square = 0;
    int offset = index * dimensions;
    for (int i = 0; i < dimensions; i++) {
      float moved = (float) ((row[i] - middle[i]) * scale);
      to[offset + i] = moved;
      square += (double) moved * moved;
    }
    return square;
  }

  /** Takes the queries of a range in place of the last. */
  void ask(float[][] asked, int from, int to) {
    ParallelReading.forEach(to - from, q -> querySquares[q] = move(asked[from + q], queries, q));
    product.compute(queries, products);
  }

  /**
   * Visits the points of the block that may be among the nearest of a query, in order.
   *
   * @param q which query of those asked last
   * @param k how many are wanted
   * @param squaredDistance what is nearer may be; infinite if fewer than {@code k} were found
   *     before
   * @param visitor told of each by its number among all points
   */
  void visit(int q, int k, double squaredDistance, Visitor visitor) {
    double square = querySquares[q];
    double before = squaredDistance * scale * scale - square * (1 - error) + VANISHING;
    double doubt = 2 * error * square + VANISHING;
    double within = greatestOfSmallest(q * capacity, k) + doubt;
    float limit = Math.nextUp((float) Math.min(before, within));
    int offset = q * capacity;
    for (int j = 0; j < loaded; j++) {
      float distance = least[j] - 2 * products[offset + j];
      // Also true of what is not a number.
      if (!(distance > limit && distance <= Float.MAX_VALUE)) {
        visitor.visit(first + j, rows[j]);
      }
    }
  }

  /**
   * The {@code k}-th smallest of what distances can be at most, less the query's square: the {@code
   * k} nearest all lie within. Infinite if fewer than {@code k} are finite.
   */
  private float greatestOfSmallest(int offset, int k) {
    float[] smallest = new float[k];
    Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    float last = Float.POSITIVE_INFINITY;
    for (int j = 0; j < loaded; j++) {
      float most = least[j] - 2 * products[offset + j] + slack[j];
      // A product that overflowed, or is not a number, tells nothing.
      if (most < last && most >= -Float.MAX_VALUE) {
        int i = k - 1;
        for (; i > 0 && smallest[i - 1] > most; i--) {
          smallest[i] = smallest[i - 1];
        }
        smallest[i] = most;
        last = smallest[k - 1];
      }
    }
    return last;
  }
}
