package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pictures before and behind a convolution to the points of Winograd's minimal filtering
 * and back. The convolution makes a small picture of a large one, {@code stride} times as high and
 * wide; a tile is four by four pixels of the small one and whatever is seen of the large one for
 * them. With a stride of 2, every other pixel is a channel more, and has every other weight.
 *
 * <p>Pictures lie pixel by pixel, {@code [n, height, width, channels]}; points lie as products of
 * matrices want them, {@code [points, tiles, channels]}. Rows of tiles are numbered through all
 * pictures, and a few are transformed at a time, so that they stay in a core's cache however large
 * the pictures are.
 */
final class WinogradTiles {

  /** How many pixels of the small picture a tile has along each axis. */
  static final int SIDE = 4;

  /** So many values of a point are transformed at a time, unless one row has more. */
  private static final int BLOCK = 768;

  private final Filter filter;
  private final Picture large;
  private final Picture small;
  private final int seen;
  private final int down;
  private final int across;

  /** The point that all pixels of a tile are given as it is, and that is given their sum. */
  private final int constant;

  /** In which column of a tile each group of as many pixels as the stride has is. */
  private final int[] columns;

  /** Where its channels begin among those of a row of tiles, in the first phase of lines. */
  private final int[] starts;

  /**
   * Where transformed tiles lie.
   *
   * @param values {@code [points, tiles, channels]}
   * @param count how many points there are
   * @param channels how many values a point of a tile has
   */
  record Points(FloatBuffer values, int count, int channels) {

    private void put(int tile, float[][] from, int n) {
      for (int i = 0; i < count; i++) {
        values.put(start(i, tile), from[i], 0, n);
      }
    }

    private void get(int tile, float[][] to, int n) {
      for (int i = 0; i < count; i++) {
        values.get(start(i, tile), to[i], 0, n);
      }
    }

    private int start(int point, int tile) {
      return point * (values.capacity() / count) + tile * channels;
    }
  }

  private record Picture(int n, int channels, int height, int width) {

    static Picture of(long[] sides) {
      return new Picture((int) sides[0], (int) sides[1], (int) sides[2], (int) sides[3]);
    }

    int lineLength() {
      return width * channels;
    }
  }

  /**
   * Cuts.
   *
   * @param large the sides of the large pictures, {@code [n, channels, height, width]}
   * @param small those of the small ones
   */
  WinogradTiles(Filter filter, long[] large, long[] small) {
    this.filter = filter;
    this.large = Picture.of(large);
    this.small = Picture.of(small);
    seen = SIDE + filter.taps() - 1;
    constant = seen + 1;
    down = count(this.small.height);
    across = count(this.small.width);
    columns = new int[across * SIDE + seen - SIDE];
    starts = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      // What no tile begins with belongs to the last.
      int tile = Math.min(i / SIDE, across - 1);
      columns[i] = i - tile * SIDE;
      starts[i] = tile * largeChannels();
    }
  }

  /** How many tiles cover so many pixels of a small picture. */
  static int count(long pixels) {
    return (int) ((pixels + SIDE - 1) / SIDE);
  }

  /** How many rows of tiles all pictures have. */
  int rows() {
    return small.n * down;
  }

  /** How many tiles a row has. */
  int across() {
    return across;
  }

  /** Whether nothing of the row before is seen for a row of tiles. */
  boolean beginsPicture(int row) {
    return row % down == 0;
  }

  /** How many channels a point of the large picture has. */
  int largeChannels() {
    return filter.stride() * filter.stride() * large.channels;
  }

  private static int rowsAtATime(int length) {
    return Math.max(1, BLOCK / length);
  }

  /**
   * Transforms what is seen of large pictures for each tile of some rows; what lies beyond the last
   * row is zero.
   *
   * @param points receives it
   */
  void cut(FloatBuffer pixels, int first, int rows, Points points, TileMemory memory) {
    int length = across * largeChannels();
    for (int row = 0; row < rows; row += rowsAtATime(length)) {
      int some = Math.min(rowsAtATime(length), rows - row);
      float[][] in = memory.in(some * length);
      for (int i = 0; i < some; i++) {
        for (int y = 0; y < seen; y++) {
          see(pixels, first + row + i, y, in, i * length, memory);
        }
      }
      points.put(row * across, memory.apply(filter.data(), some * length), some * length);
    }
  }

  /** Reads what some row of tiles sees at a distance from its beginning, each column apart. */
  private void see(FloatBuffer pixels, int row, int y, float[][] to, int at, TileMemory memory) {
    int channels = largeChannels();
    int group = filter.stride() * large.channels;
    int margin = filter.padding() * large.channels;
    for (int phase = 0; phase < filter.stride(); phase++) {
      int line = line(row, y, phase);
      float[] values = memory.line(large.lineLength());
      if (row < rows() && line >= 0 && line < large.height) {
        pixels.get(start(large, row / down, line), values, 0, large.lineLength());
      } else {
        Arrays.fill(values, 0, large.lineLength(), 0);
      }
      int first = at + phase * group;
      for (int i = 0; i < columns.length; i++) {
        float[] column = to[y * seen + columns[i]];
        int start = first + starts[i];
        int from = i * group - margin;
        if (from >= 0 && from + group <= large.lineLength()) {
          System.arraycopy(values, from, column, start, group);
        } else {
          // Beyond the picture everything is zero.
          Arrays.fill(column, start, start + group, 0);
          int left = Math.max(from, 0);
          int right = Math.min(from + group, large.lineLength());
          if (left < right) {
            System.arraycopy(values, left, column, start + left - from, right - left);
          }
        }
      }
    }
    for (int x = SIDE; x < seen; x++) {
      System.arraycopy(
          to[y * seen + x - SIDE], at + channels, to[y * seen + x], at, (across - 1) * channels);
    }
  }

  /** The line of the large picture that a row of tiles sees at a distance from its beginning. */
  private int line(int row, int y, int phase) {
    return filter.stride() * (row % down * SIDE + y) + phase - filter.padding();
  }

  /**
   * Takes the gradient of what {@link #cut} makes of large pictures back to them, or enlarges small
   * ones: adds up what all tiles say of a pixel.
   *
   * @param points of some rows
   * @param ahead how many of the rows are only there because others overlap with them; without, the
   *     row before the first, if it is of the same picture, was the last that this memory saw
   * @param bias what is added to each channel, if anything
   * @param pixels receives the pictures
   */
  void scatter(
      Points points,
      int first,
      int rows,
      int ahead,
      float @Nullable [] bias,
      FloatBuffer pixels,
      TileMemory memory) {
    int length = across * largeChannels();
    int last = Math.min(rows, rows() - first);
    float[] added = bias == null ? null : memory.repeated(bias, large.lineLength());
    for (int row = 0; row < last; row += rowsAtATime(length)) {
      int some = Math.min(rowsAtATime(length), last - row);
      points.get(row * across, memory.in(some * length), some * length);
      float[][] out = memory.apply(filter.dataGradient(), some * length);
      addNeighbours(out, some * length, memory);
      addRowsBefore(out, first + row, some, memory);
      for (int i = Math.max(0, ahead - row); i < some; i++) {
        int tileRow = first + row + i;
        boolean ends = tileRow % down == down - 1;
        for (int y = 0; y < (ends ? seen : SIDE); y++) {
          for (int phase = 0; phase < filter.stride(); phase++) {
            write(out, y, phase, i * length, tileRow, added, pixels, memory);
          }
        }
      }
    }
  }

  /** Adds what tiles say of the first pixels of those to their right. */
  private void addNeighbours(float[][] to, int n, TileMemory memory) {
    int channels = largeChannels();
    float[] shifted = memory.shifted(n);
    for (int y = 0; y < seen; y++) {
      for (int x = 0; x < seen - SIDE; x++) {
        System.arraycopy(to[y * seen + x + SIDE], 0, shifted, channels, n - channels);
        for (int at = 0; at < n; at += across * channels) {
          Arrays.fill(shifted, at, at + channels, 0);
        }
        add(shifted, to[y * seen + x], n);
      }
    }
  }

  /** Adds what tiles say of the first pixels of those below, and remembers the last row's. */
  private void addRowsBefore(float[][] to, int first, int rows, TileMemory memory) {
    int length = across * largeChannels();
    int n = rows * length;
    float[] shifted = memory.shifted(n);
    for (int i = 0; i < (seen - SIDE) * seen; i++) {
      float[] below = to[SIDE * seen + i];
      float[] carried = memory.carried(i, length);
      System.arraycopy(carried, 0, shifted, 0, length);
      System.arraycopy(below, 0, shifted, length, n - length);
      System.arraycopy(below, n - length, carried, 0, length);
      for (int row = 0; row < rows; row++) {
        if (beginsPicture(first + row)) {
          Arrays.fill(shifted, row * length, (row + 1) * length, 0);
        }
      }
      add(shifted, to[i], n);
    }
  }

  private static void add(float[] from, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += from[i];
    }
  }

  private void write(
      float[][] from,
      int y,
      int phase,
      int at,
      int row,
      float @Nullable [] bias,
      FloatBuffer pixels,
      TileMemory memory) {
    int line = line(row, y, phase);
    if (line < 0 || line >= large.height) {
      return;
    }
    float[] values = memory.line(large.lineLength());
    int group = filter.stride() * large.channels;
    int margin = filter.padding() * large.channels;
    int first = at + phase * group;
    for (int i = 0; i < columns.length; i++) {
      int to = i * group - margin;
      int left = Math.max(to, 0);
      int right = Math.min(to + group, large.lineLength());
      if (left < right) {
        System.arraycopy(
            from[y * seen + columns[i]], first + starts[i] + left - to, values, left, right - left);
      }
    }
    if (bias != null) {
      add(bias, values, large.lineLength());
    }
    pixels.put(start(large, row / down, line), values, 0, large.lineLength());
  }

  /**
   * Takes the gradient of what {@link #join} puts together back to the points; what lies beyond the
   * last row is zero.
   *
   * @param pixels of small pictures
   * @param points receives it
   * @param sums where the values of each channel are added up, if anywhere
   */
  void spread(
      FloatBuffer pixels,
      int first,
      int rows,
      Points points,
      float @Nullable [] sums,
      TileMemory memory) {
    int length = across * small.channels;
    for (int row = 0; row < rows; row += rowsAtATime(length)) {
      int some = Math.min(rowsAtATime(length), rows - row);
      float[][] in = memory.in(some * length);
      for (int i = 0; i < some; i++) {
        for (int y = 0; y < SIDE; y++) {
          read(pixels, first + row + i, y, in, i * length, memory);
        }
      }
      float[][] out = memory.apply(filter.outputGradient(), some * length);
      points.put(row * across, out, some * length);
      for (int at = 0; sums != null && at < some * length; at += small.channels) {
        for (int i = 0; i < small.channels; i++) {
          sums[i] += out[constant][at + i];
        }
      }
    }
  }

  private void read(FloatBuffer pixels, int row, int y, float[][] to, int at, TileMemory memory) {
    int line = row % down * SIDE + y;
    int length = across * small.channels;
    if (row >= rows() || line >= small.height) {
      for (int x = 0; x < SIDE; x++) {
        Arrays.fill(to[y * SIDE + x], at, at + length, 0);
      }
      return;
    }
    float[] values = memory.line(small.lineLength());
    pixels.get(start(small, row / down, line), values, 0, small.lineLength());
    for (int x = 0; x < across * SIDE; x++) {
      int from = at + x / SIDE * small.channels;
      if (x < small.width) {
        System.arraycopy(values, x * small.channels, to[y * SIDE + x % SIDE], from, small.channels);
      } else {
        Arrays.fill(to[y * SIDE + x % SIDE], from, from + small.channels, 0);
      }
    }
  }

  /**
   * Puts small pictures together from the tiles of some rows, but for those beyond the last.
   *
   * @param points where they are read
   * @param bias what is added to each channel, if anything
   * @param pixels receives the pictures
   */
  void join(
      Points points,
      int first,
      int rows,
      float @Nullable [] bias,
      FloatBuffer pixels,
      TileMemory memory) {
    int length = across * small.channels;
    int last = Math.min(rows, rows() - first);
    for (int row = 0; row < last; row += rowsAtATime(length)) {
      int some = Math.min(rowsAtATime(length), last - row);
      float[][] in = memory.in(some * length);
      points.get(row * across, in, some * length);
      for (int at = 0; bias != null && at < some * length; at += small.channels) {
        for (int i = 0; i < small.channels; i++) {
          in[constant][at + i] += bias[i];
        }
      }
      float[][] out = memory.apply(filter.output(), some * length);
      for (int i = 0; i < some; i++) {
        for (int y = 0; y < SIDE; y++) {
          write(out, y, i * length, first + row + i, pixels, memory);
        }
      }
    }
  }

  private void write(
      float[][] from, int y, int at, int row, FloatBuffer pixels, TileMemory memory) {
    int line = row % down * SIDE + y;
    if (line < small.height) {
      float[] values = memory.line(small.lineLength());
      for (int x = 0; x < small.width; x++) {
        System.arraycopy(
            from[y * SIDE + x % SIDE],
            at + x / SIDE * small.channels,
            values,
            x * small.channels,
            small.channels);
      }
      pixels.put(start(small, row / down, line), values, 0, small.lineLength());
    }
  }

  /** Adds up the values of each channel of large pictures. */
  void sum(FloatBuffer pixels, float[] sums, TileMemory memory) {
    float[] columns = memory.shifted(large.lineLength());
    Arrays.fill(columns, 0, large.lineLength(), 0);
    float[] values = memory.line(large.lineLength());
    for (int line = 0; line < large.n * large.height; line++) {
      pixels.get(line * large.lineLength(), values, 0, large.lineLength());
      add(values, columns, large.lineLength());
    }
    for (int at = 0; at < large.lineLength(); at += large.channels) {
      for (int i = 0; i < large.channels; i++) {
        sums[i] += columns[at + i];
      }
    }
  }

  private static int start(Picture picture, int number, int line) {
    return (number * picture.height + line) * picture.lineLength();
  }
}
