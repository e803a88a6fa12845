package io.github.autoencoder4j.internal.numerics;

import java.util.Arrays;

/**
 * A few queries and their distances to a block of points, on one thread at a time.
 *
 * <p>Distances are compared by their bits, which are ordered as floats from 0 on are; those that
 * rounding has put below 0 come first of all, in any order.
 */
final class QueryTile {

  /** So many that a product is fast, and so few that what comes of it stays in the cache. */
  static final int QUERIES = 128;

  /** More than squares lose that are too small for a float. */
  private static final double VANISHING = 1e-30;

  /** Sums of squares up to here overflow nowhere. */
  private static final double SAFE = 1e36;

  private final DistanceScreen screen;
  private final int dimensions;
  private final Products.Rows factor;
  private final Products.OfRows product;
  private final double[] squares = new double[QUERIES];
  private final float[] moved;

  /** The distances of one query. */
  private final int[] distances;

  /** Points of the block that may be among the nearest, ascending. */
  private final int[] candidates;

  private float[][] queries = new float[0][];
  private int from;
  private int to;

  QueryTile(DistanceScreen screen, int dimensions, int capacity) {
    this.screen = screen;
    this.dimensions = dimensions;
    this.factor = new Products.Rows(QUERIES, dimensions + 2);
    this.product = new Products.OfRows(QUERIES, capacity);
    this.moved = new float[dimensions + 2];
    this.distances = new int[capacity];
    this.candidates = new int[capacity];
  }

  /** Takes the queries of a range in place of the last. */
  void ask(float[][] asked, int start, int end) {
    queries = asked;
    from = start;
    to = end;
    for (int q = 0; q < end - start; q++) {
      double square = screen.move(asked[start + q], -2, moved);
      squares[q] = square;
      moved[dimensions] = 1;
      moved[dimensions + 1] = (float) ((1 - screen.error()) * square);
      factor.put(q, moved);
    }
  }

  /** Offers the points of a block that may be among the nearest, in order. */
  void search(PointBlock block, NeighborSearch.Neighbors[] nearest) {
    product.compute(factor, block.factor());
    for (int q = 0; q < to - from; q++) {
      NeighborSearch.Neighbors found = nearest[from + q];
      float[] query = queries[from + q];
      int count = squares[q] + block.greatest() < SAFE ? screen(block, q, found) : all(block);
      for (int i = 0; i < count; i++) {
        float[] point = block.row(candidates[i]);
        found.offer(block.first() + candidates[i], NeighborSearch.square(query, point));
      }
    }
  }

  private int all(PointBlock block) {
    for (int j = 0; j < block.count(); j++) {
      candidates[j] = j;
    }
    return block.count();
  }

  /** Gathers candidates; returns how many there are. */
  private int screen(PointBlock block, int q, NeighborSearch.Neighbors found) {
    product.row(q, distances);
    double doubt = 2 * screen.error() * squares[q] + VANISHING;
    // What is farther than this cannot be among the nearest; falls while points are looked at.
    int limit = limit(found.farthest() * screen.squaredScale() + VANISHING);
    float[] least = new float[found.indices.length];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    int count = 0;
    for (int j = 0; j < block.count(); j++) {
      if (distances[j] <= limit) {
        candidates[count++] = j;
        float most = Math.max(0, Float.intBitsToFloat(distances[j])) + block.slack(j);
        if (most < least[least.length - 1]) {
          insert(least, most);
          limit = Math.min(limit, limit(least[least.length - 1] + doubt));
        }
      }
    }
    int left = 0;
    for (int i = 0; i < count; i++) {
      if (distances[candidates[i]] <= limit) {
        candidates[left++] = candidates[i];
      }
    }
    return left;
  }

  /** The bits of a bound from 0 on, rounded up. */
  private static int limit(double bound) {
    return Float.floatToIntBits(Math.nextUp((float) bound));
  }

  private static void insert(float[] ascending, float value) {
    int i = ascending.length - 1;
    for (; i > 0 && ascending[i - 1] > value; i--) {
      ascending[i] = ascending[i - 1];
    }
    ascending[i] = value;
  }
}
