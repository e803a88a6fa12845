package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts pictures into tiles of four by four pixels for Winograd's minimal filtering, and puts them
 * together again. Pictures lie pixel by pixel, {@code [n, height, width, channels]}; transformed
 * tiles lie as products of matrices want them, {@code [36, tiles, channels]}.
 *
 * <p>Rows of tiles are numbered through all pictures, and a few are transformed at a time, so that
 * they stay in a core's cache however large the pictures are.
 */
final class Tiles {

  /** How many pixels a tile has along each axis. */
  static final int SIDE = 4;

  /** How many are seen for it: one more at each end. */
  private static final int SEEN = SIDE + 2;

  /** How many values each channel of a tile is transformed to. */
  static final int POINTS = SEEN * SEEN;

  /** The point that all pixels of a tile are given as it is, and that is given their sum. */
  private static final int CONSTANT = SEEN + 1;

  /** So many values of a point are transformed at a time, unless one row has more. */
  private static final int BLOCK = 768;

  private static final Combination SPREAD = Combination.OUTPUT.transposed();

  private final int pictures;
  private final int channels;
  private final int height;
  private final int width;
  private final int down;
  private final int across;

  /** How many values of a point a row of tiles has. */
  private final int length;

  private final int rowsAtATime;

  /**
   * Cuts.
   *
   * @param sides those of the pictures, {@code [n, channels, height, width]}
   */
  Tiles(long... sides) {
    pictures = (int) sides[0];
    channels = (int) sides[1];
    height = (int) sides[2];
    width = (int) sides[3];
    down = count(height);
    across = count(width);
    length = across * channels;
    rowsAtATime = Math.max(1, BLOCK / length);
  }

  /** How many tiles cover so many pixels. */
  static int count(long pixels) {
    return (int) ((pixels + SIDE - 1) / SIDE);
  }

  /** How many rows of tiles all pictures have. */
  int rows() {
    return pictures * down;
  }

  /** How many tiles a row has. */
  int across() {
    return across;
  }

  /**
   * Transforms what is seen for each tile of some rows; those beyond the last are zero.
   *
   * @param points receives it
   * @param tiles how many of them a point has room for
   */
  void cut(
      FloatBuffer pixels, int first, int rows, FloatBuffer points, int tiles, TileMemory memory) {
    for (int row = 0; row < rows; row += rowsAtATime) {
      int some = Math.min(rowsAtATime, rows - row);
      float[][] in = memory.in(some * length);
      for (int i = 0; i < some; i++) {
        for (int y = 0; y < SEEN; y++) {
          read(pixels, first + row + i, y - 1, in, y * SEEN + 1, i * length, memory);
          shift(in, y * SEEN, i * length);
        }
      }
      write(memory.apply(Combination.DATA, some * length), row, some, points, tiles);
    }
  }

  /**
   * Takes the gradient of what {@link #join} puts together back to the points.
   *
   * @param points receives those of some rows; those beyond the last are zero
   * @param tiles how many of them a point has room for
   * @param sums where the gradients of each channel are added up
   */
  void spread(
      FloatBuffer pixels,
      int first,
      int rows,
      FloatBuffer points,
      int tiles,
      float[] sums,
      TileMemory memory) {
    for (int row = 0; row < rows; row += rowsAtATime) {
      int some = Math.min(rowsAtATime, rows - row);
      float[][] in = memory.in(some * length);
      for (int i = 0; i < some; i++) {
        for (int y = 0; y < SIDE; y++) {
          read(pixels, first + row + i, y, in, y * SIDE, i * length, memory);
        }
      }
      float[][] out = memory.apply(SPREAD, some * length);
      write(out, row, some, points, tiles);
      for (int at = 0; at < some * length; at += channels) {
        for (int i = 0; i < channels; i++) {
          sums[i] += out[CONSTANT][at + i];
        }
      }
    }
  }

  /**
   * Puts the tiles of some rows together, but for those beyond the last.
   *
   * @param points where they are read
   * @param tiles how many of them a point has room for
   * @param bias what is added to each channel, if anything
   * @param pixels receives the pictures
   */
  void join(
      FloatBuffer points,
      int tiles,
      int first,
      int rows,
      float @Nullable [] bias,
      FloatBuffer pixels,
      TileMemory memory) {
    int last = Math.min(rows, rows() - first);
    for (int row = 0; row < last; row += rowsAtATime) {
      int some = Math.min(rowsAtATime, last - row);
      float[][] in = memory.in(some * length);
      for (int i = 0; i < POINTS; i++) {
        points.get(start(i, tiles, row), in[i], 0, some * length);
      }
      for (int at = 0; bias != null && at < some * length; at += channels) {
        for (int i = 0; i < channels; i++) {
          in[CONSTANT][at + i] += bias[i];
        }
      }
      float[][] out = memory.apply(Combination.OUTPUT, some * length);
      for (int i = 0; i < some; i++) {
        for (int y = 0; y < SIDE; y++) {
          write(out, y * SIDE, i * length, first + row + i, y, pixels, memory);
        }
      }
    }
  }

  /**
   * Reads the pixels of one line that some row of tiles covers, each into the array of its column.
   *
   * @param y the line, from that row's first one on
   * @param column the array of each tile's first pixel
   * @param at where the row begins in each array
   */
  private void read(
      FloatBuffer pixels, int row, int y, float[][] to, int column, int at, TileMemory memory) {
    int line = row % down * SIDE + y;
    if (row >= rows() || line < 0 || line >= height) {
      for (int i = 0; i < SIDE; i++) {
        Arrays.fill(to[column + i], at, at + length, 0);
      }
      return;
    }
    float[] values = memory.line(width * channels);
    pixels.get(lineStart(row, line), values, 0, width * channels);
    for (int x = 0; x < width; x++) {
      System.arraycopy(
          values, x * channels, to[column + x % SIDE], at + x / SIDE * channels, channels);
    }
    for (int x = width; x < across * SIDE; x++) {
      int end = at + length;
      Arrays.fill(to[column + x % SIDE], end - channels, end, 0);
    }
  }

  /** Copies each tile's neighbours: the last pixel of the one before, the first of the next. */
  private void shift(float[][] to, int column, int at) {
    int rest = length - channels;
    Arrays.fill(to[column], at, at + channels, 0);
    System.arraycopy(to[column + SIDE], at, to[column], at + channels, rest);
    System.arraycopy(to[column + 1], at + channels, to[column + SEEN - 1], at, rest);
    Arrays.fill(to[column + SEEN - 1], at + rest, at + length, 0);
  }

  private void write(float[][] from, int row, int some, FloatBuffer points, int tiles) {
    for (int i = 0; i < POINTS; i++) {
      points.put(start(i, tiles, row), from[i], 0, some * length);
    }
  }

  private int start(int point, int tiles, int row) {
    return (point * tiles + row * across) * channels;
  }

  private void write(
      float[][] from, int column, int at, int row, int y, FloatBuffer pixels, TileMemory memory) {
    int line = row % down * SIDE + y;
    if (line < height) {
      float[] values = memory.line(width * channels);
      for (int x = 0; x < width; x++) {
        System.arraycopy(
            from[column + x % SIDE], at + x / SIDE * channels, values, x * channels, channels);
      }
      pixels.put(lineStart(row, line), values, 0, width * channels);
    }
  }

  private int lineStart(int row, int line) {
    return (row / down * height + line) * width * channels;
  }
}
