package io.github.autoencoder4j.internal.numerics;

import io.github.autoencoder4j.internal.samples.ParallelReading;
import java.util.Arrays;

/**
 * Tells which points of a block may lie near queries, by distances in single precision.
 *
 * <p>Queries and points are moved to the middle of the queries, where differences of large numbers
 * lose least, and scaled by a power of two, so that squares neither overflow nor vanish. There,
 * with {@code u} the rounding of a float, {@code |x|^2 + |y|^2 - 2 xy} is off by no more than
 * {@code 2 (d + 8) u (|x|^2 + |y|^2)}: a product of {@code d} terms by {@code d u |x| |y|} (Higham,
 * "Accuracy and Stability of Numerical Algorithms", 2002, section 3.1), moving and adding by a few
 * more {@code u}. Whatever is not finite is not left out.
 */
final class DistanceScreen implements AutoCloseable {

  /** More than squares lose that are too small for a float. */
  private static final double VANISHING = 1e-30;

  private final int dimensions;
  private final int capacity;
  private final double error;
  private final double[] middle;
  private final float[] queries;
  private final double[] querySquares;
  private final float[] points;

  /** Of each point the least that its square can be, and how much more it can be. */
  private final float[] least;

  private final float[] slack;
  private final float[] products;
  private final Products.OfRows product;
  private double scale;
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
    this.least = new float[capacity];
    this.slack = new float[capacity];
    this.products = new float[most * capacity];
    this.product = new Products.OfRows(most, capacity, dimensions);
  }

  /**
   * Takes queries in place of the last.
   *
   * @param rows at least one
   * @param point any of the points, by which the scale is chosen if all queries are equal
   */
  void ask(float[][] rows, float[] point) {
    Arrays.fill(middle, 0);
    for (float[] row : rows) {
      for (int i = 0; i < dimensions; i++) {
        middle[i] += row[i] / (double) rows.length;
      }
    }
    double largest = largest(point);
    for (float[] row : rows) {
      largest = Math.max(largest, largest(row));
    }
    scale = largest > 0 ? Math.scalb(1, -Math.getExponent(largest)) : 1;
    ParallelReading.forEach(rows.length, q -> querySquares[q] = move(rows[q], queries, q));
  }

  private double largest(float[] row) {
    double largest = 0;
    for (int i = 0; i < dimensions; i++) {
      largest = Math.max(largest, Math.abs(row[i] - middle[i]));
    }
    return largest;
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

  /** Takes a block of points in place of the last. */
  void load(float[][] rows, int count) {
    ParallelReading.forEach(
        count,
        j -> {
          double square = move(rows[j], points, j);
          least[j] = (float) ((1 - error) * square);
          slack[j] = (float) (2 * error * square);
        });
    product.compute(queries, points, products);
    loaded = count;
  }

  /**
   * Finds the points of the block that may be among the nearest of a query.
   *
   * @param q which query
   * @param k how many are wanted
   * @param squaredDistance what is nearer may be; infinite if fewer than {@code k} were found
   *     before
   * @param candidates set to their places in the block, in order; as long as the block
   * @return how many
   */
  int candidates(int q, int k, double squaredDistance, int[] candidates) {
    double square = querySquares[q];
    double before = squaredDistance * scale * scale - square * (1 - error) + VANISHING;
    double doubt = 2 * error * square + VANISHING;
    float limit = Math.nextUp((float) before);
    // The smallest of what distances can be at most: no more than the k nearest lie within the
    // last.
    float[] smallest = new float[k];
    Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    int offset = q * capacity;
    int count = 0;
    for (int j = 0; j < loaded; j++) {
      float distance = least[j] - 2 * products[offset + j];
      // Also true of what is not a number.
      if (!(distance > limit && distance <= Float.MAX_VALUE)) {
        candidates[count++] = j;
        if (insert(smallest, distance + slack[j])) {
          limit = Math.min(limit, Math.nextUp((float) (smallest[k - 1] + doubt)));
        }
      }
    }
    return within(q, limit, candidates, count);
  }

  /** Keeps the smallest numbers in order; what is not a number is not smaller. */
  private static boolean insert(float[] smallest, float value) {
    int i = smallest.length - 1;
    if (!(value < smallest[i])) {
      return false;
    }
    for (; i > 0 && smallest[i - 1] > value; i--) {
      smallest[i] = smallest[i - 1];
    }
    smallest[i] = value;
    return true;
  }

  /** Leaves out what was a candidate until nearer points came. */
  private int within(int q, float limit, int[] candidates, int count) {
    int offset = q * capacity;
    int left = 0;
    for (int i = 0; i < count; i++) {
      int j = candidates[i];
      float distance = least[j] - 2 * products[offset + j];
      if (!(distance > limit && distance <= Float.MAX_VALUE)) {
        candidates[left++] = j;
      }
    }
    return left;
  }

  @Override
  public void close() {
    product.close();
  }
}
