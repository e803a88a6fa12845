package io.github.autoencoder4j.internal.numerics;

import io.github.autoencoder4j.internal.samples.ParallelReading;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Exact nearest neighbours by comparing everything with everything, in blocks that fit the caches.
 *
 * <p>Points are turned into columns block by block, so that the inner loop runs along points and
 * not along dimensions: such a loop compiles to vector instructions, where a sum along dimensions
 * would not. Each distance is still summed dimension by dimension in double precision, so the
 * result is that of the plain double loop, to the last bit.
 */
public final class NeighborSearch {

  private static final int QUERIES = 64;
  private static final int POINTS = 256;
  private static final int DIMENSIONS = 64;

  private final int size;
  private final int dimensions;
  private final IntFunction<float[]> points;

  /**
   * Searches among points that are read as needed.
   *
   * @param size how many points
   * @param dimensions how many values a point has
   * @param points must allow calls from several threads
   */
  public NeighborSearch(int size, int dimensions, IntFunction<float[]> points) {
    this.size = size;
    this.dimensions = dimensions;
    this.points = points;
  }

  /**
   * Searches among points in memory.
   *
   * @param points {@code [n][d]}; kept, not copied
   * @return the search
   */
  public static NeighborSearch of(float[][] points) {
    return new NeighborSearch(points.length, points[0].length, i -> points[i]);
  }

  /**
   * Returns how many values a point has.
   *
   * @return {@code d}
   */
  public int dimensions() {
    return dimensions;
  }

  /**
   * The nearest points of one query, nearest first; of equally near points the one with the lower
   * index comes first.
   */
  public static final class Neighbors {
    /** Which points. */
    public final int[] indices;

    /** Of each point to the query. */
    public final double[] squaredDistances;

    private Neighbors(int k) {
      indices = new int[k];
      squaredDistances = new double[k];
      Arrays.fill(squaredDistances, Double.POSITIVE_INFINITY);
    }

    private void offer(int index, double distance) {
      int i = squaredDistances.length - 1;
      for (; i > 0 && squaredDistances[i - 1] > distance; i--) {
        squaredDistances[i] = squaredDistances[i - 1];
        indices[i] = indices[i - 1];
      }
      squaredDistances[i] = distance;
      indices[i] = index;
    }
  }

  /**
   * Finds the nearest points of each query.
   *
   * @param queries {@code [m][d]}
   * @param k how many; 1 to the number of points
   * @return the neighbours of each query
   * @throws IllegalArgumentException if {@code k} is out of its range
   */
  public Neighbors[] nearest(float[][] queries, int k) {
    if (k < 1 || k > size) {
      throw new IllegalArgumentException(
          "the number of neighbours must lie in 1 to %s, the number of points, but was %s"
              .formatted(size, k));
    }
    Neighbors[] nearest = new Neighbors[queries.length];
    Arrays.setAll(nearest, i -> new Neighbors(k));
    int chunks = (queries.length + QUERIES - 1) / QUERIES;
    ParallelReading.forEach(
        chunks,
        chunk -> {
          int from = chunk * QUERIES;
          int to = Math.min(from + QUERIES, queries.length);
          search(Arrays.copyOfRange(queries, from, to), Arrays.copyOfRange(nearest, from, to));
        });
    return nearest;
  }

  private void search(float[][] queries, Neighbors[] nearest) {
    double[] columns = new double[DIMENSIONS * POINTS];
    double[][] distances = new double[queries.length][POINTS];
    float[][] block = new float[POINTS][];
    for (int start = 0; start < size; start += POINTS) {
      int count = Math.min(POINTS, size - start);
      for (int j = 0; j < count; j++) {
        block[j] = points.apply(start + j);
      }
      for (int dimension = 0; dimension < dimensions; dimension += DIMENSIONS) {
        int depth = Math.min(DIMENSIONS, dimensions - dimension);
        for (int j = 0; j < count; j++) {
          for (int i = 0; i < depth; i++) {
            columns[i * POINTS + j] = block[j][dimension + i];
          }
        }
        for (int q = 0; q < queries.length; q++) {
          addSquares(queries[q], dimension, depth, columns, distances[q]);
        }
      }
      for (int q = 0; q < queries.length; q++) {
        select(distances[q], start, count, nearest[q]);
      }
    }
  }

  /** Two dimensions at a time, to load and store the running sums half as often. */
  private static void addSquares(
      float[] query, int dimension, int depth, double[] columns, double[] distances) {
    int i = 0;
    for (; i + 1 < depth; i += 2) {
      double first = query[dimension + i];
      double second = query[dimension + i + 1];
      int column = i * POINTS;
      for (int j = 0; j < POINTS; j++) {
        double x = first - columns[column + j];
        double y = second - columns[column + POINTS + j];
        distances[j] = (distances[j] + x * x) + y * y;
      }
    }
    if (i < depth) {
      double last = query[dimension + i];
      for (int j = 0; j < POINTS; j++) {
        double x = last - columns[i * POINTS + j];
        distances[j] += x * x;
      }
    }
  }

  /**
   * Computes the squared Euclidean distance of two points.
   *
   * @param x a point
   * @param y another
   * @return the sum of squared differences
   */
  public static double square(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = (double) x[i] - y[i];
      sum += difference * difference;
    }
    return sum;
  }

  private static void select(double[] distances, int start, int count, Neighbors nearest) {
    int last = nearest.squaredDistances.length - 1;
    for (int j = 0; j < count; j++) {
      if (distances[j] < nearest.squaredDistances[last]) {
        nearest.offer(start + j, distances[j]);
      }
    }
    Arrays.fill(distances, 0);
  }
}
