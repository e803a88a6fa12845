package io.github.autoencoder4j.internal.numerics;

import io.github.autoencoder4j.internal.samples.ParallelReading;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Exact nearest neighbours by comparing everything with everything.
 *
 * <p>A product of matrices gives all distances of a block of queries to a block of points at once,
 * {@code |x|^2 + |y|^2 - 2 xy}, in single precision and with a bound on its error. Only points that
 * may be among the nearest by that bound are measured again, dimension by dimension in double
 * precision, so the result is that of the plain double loop, to the last bit.
 */
public final class NeighborSearch {

  /** For fewer queries it takes longer to gather points for a product than to measure them. */
  private static final int FEW = 8;

  private final int size;
  private final int dimensions;
  private final IntFunction<float[]> points;

  /** A screen that nobody uses. */
  private final AtomicReference<@Nullable DistanceScreen> idle = new AtomicReference<>();

  /**
   * Searches among points that are read as needed.
   *
   * @param size how many points
   * @param dimensions how many values a point has
   * @param points must allow calls from several threads, and give the same each time
   */
  public NeighborSearch(int size, int dimensions, IntFunction<float[]> points) {
    this.size = size;
    this.dimensions = dimensions;
    this.points = points;
  }

  /**
   * Searches among points in memory.
   *
   * @param points {@code [n][d]}; kept, not copied, and not to be changed
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

    double farthest() {
      return squaredDistances[squaredDistances.length - 1];
    }

    /** Takes a point that comes after those before, if it is nearer than one of them. */
    void offer(int index, double distance) {
      if (distance >= farthest()) {
        return;
      }
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
    if (queries.length < FEW) {
      measureAll(queries, nearest);
      return nearest;
    }
    DistanceScreen screen = idle.getAndSet(null);
    if (screen == null) {
      screen = new DistanceScreen(size, dimensions);
    }
    for (int start = 0; start < size; start += screen.capacity()) {
      screen.load(start, points);
      screen.search(queries, nearest);
    }
    // Fresh memory is dear, so it is kept for the next call; a screen of another thread is let go.
    idle.set(screen);
    return nearest;
  }

  private void measureAll(float[][] queries, Neighbors[] nearest) {
    ParallelReading.forEach(
        queries.length,
        q -> {
          for (int i = 0; i < size; i++) {
            nearest[q].offer(i, square(queries[q], points.apply(i)));
          }
        });
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
}
