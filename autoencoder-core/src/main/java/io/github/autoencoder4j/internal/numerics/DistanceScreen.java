package io.github.autoencoder4j.internal.numerics;

import io.github.autoencoder4j.internal.samples.ParallelReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * Tells which points may lie near queries, by distances in single precision.
 *
 * <p>Queries and points are moved to the middle of the first points, where differences of large
 * numbers lose least, and scaled by a power of two, so that squares neither overflow nor vanish.
 * There, with {@code u} the rounding of a float, {@code |x|^2 + |y|^2 - 2 xy} is off by no more
 * than {@code 2 (d + 12) u (|x|^2 + |y|^2)}: as a product of {@code d + 2} terms, of {@code (-2 x,
 * 1, |x|^2)} and {@code (y, |y|^2, 1)}, by {@code (d + 2) u} of the sum of their magnitudes, which
 * is twice the sum of squares at most (Higham, "Accuracy and Stability of Numerical Algorithms",
 * 2002, section 3.1), and moving and rounding squares by a few more {@code u}. What would not be
 * finite is not left out.
 *
 * <p>Points are in memory block by block. Blocks are searched by any number of threads, each with a
 * few queries and with matrix products of its own.
 */
final class DistanceScreen {

  /** Points of a block: their distances to the queries of a tile stay in the second cache. */
  private static final int POINTS = 1024;

  /** Numbers of the blocks that are kept at once, 16 MB; one block is kept however large. */
  private static final int KEPT_VALUES = 1 << 22;

  private static final int MOST_BLOCKS = 8;

  private final int size;
  private final int dimensions;
  private final List<PointBlock> blocks = new ArrayList<>();
  private final double[] middle;
  private double scale;

  /** The number of the first point in memory; below 0 before there is one. */
  private int first = -1;

  /** Tiles that no thread uses: fresh memory is dear. */
  private final Queue<QueryTile> idle = new ConcurrentLinkedQueue<>();

  /**
   * Makes room.
   *
   * @param size how many points there are
   * @param dimensions the length of queries and points
   */
  DistanceScreen(int size, int dimensions) {
    this.size = size;
    this.dimensions = dimensions;
    this.middle = new double[dimensions];
    int points = Math.min(POINTS, size);
    int most = Math.min(MOST_BLOCKS, KEPT_VALUES / POINTS / dimensions);
    int count = Math.max(1, Math.min(most, (size + points - 1) / points));
    for (int i = 0; i < count; i++) {
      blocks.add(new PointBlock(points, dimensions));
    }
  }

  /** How many points are in memory at a time. */
  int capacity() {
    return blocks.size() * blocks.get(0).capacity();
  }

  /**
   * Takes points in place of the last; does nothing if they are the last.
   *
   * @param from the number of the first; as many follow as there is room for
   * @param read reads one by its number
   */
  void load(int from, IntFunction<float[]> read) {
    if (from == first) {
      return;
    }
    int start = from;
    for (PointBlock block : blocks) {
      int count = Math.min(block.capacity(), Math.max(0, size - start));
      block.read(start, count, read);
      if (first < 0 && start == 0) {
        center(block);
      }
      ParallelReading.forEach(count, j -> block.put(j, this));
      block.seal();
      start += count;
    }
    first = from;
  }

  private void center(PointBlock block) {
    for (int j = 0; j < block.count(); j++) {
      float[] row = block.row(j);
      for (int i = 0; i < dimensions; i++) {
        middle[i] += row[i] / (double) block.count();
      }
    }
    double largest = 0;
    for (int j = 0; j < block.count(); j++) {
      float[] row = block.row(j);
      for (int i = 0; i < dimensions; i++) {
        largest = Math.max(largest, Math.abs(row[i] - middle[i]));
      }
    }
    scale = largest > 0 ? Math.scalb(1, -Math.getExponent(largest)) : 1;
  }

  /**
   * Moves and scales a row.
   *
   * @param row as it is
   * @param factor of what is written
   * @param to where it is written, from the start
   * @return the squared length of what was moved, before the factor
   */
  double move(float[] row, float factor, float[] to) {
    double square = 0;
    for (int i = 0; i < dimensions; i++) {
      float moved = (float) ((row[i] - middle[i]) * scale);
      to[i] = factor * moved;
      square += (double) moved * moved;
    }
    return square;
  }

  /** By how much squares are scaled. */
  double squaredScale() {
    return scale * scale;
  }

  /** By how much a distance may be off, as a share of the squares that it is made of. */
  double error() {
    return 2.0 * (dimensions + 12) * 0x1p-24;
  }

  /**
   * Offers the points in memory that may be among the nearest of queries, in order.
   *
   * @param queries all of them
   * @param nearest of each query what was found before
   */
  void search(float[][] queries, NeighborSearch.Neighbors[] nearest) {
    int tiles = (queries.length + QueryTile.QUERIES - 1) / QueryTile.QUERIES;
    ParallelReading.forEach(
        tiles,
        t -> {
          QueryTile tile = idle.poll();
          if (tile == null) {
            tile = new QueryTile(this, dimensions, blocks.get(0).capacity());
          }
          int from = t * QueryTile.QUERIES;
          tile.ask(queries, from, Math.min(queries.length, from + QueryTile.QUERIES));
          for (PointBlock block : blocks) {
            tile.search(block, nearest);
          }
          idle.add(tile);
        });
  }
}
