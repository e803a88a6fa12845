package io.github.autoencoder4j.internal.plain;

import java.util.Arrays;

/**
 * What one weight of a kernel is multiplied by: the pixels of a channel, moved, with zeros where
 * they come from outside.
 *
 * @param height of what is read
 * @param width of what is read
 * @param rowStride from the row that is read for a place to that for the place below
 * @param stride from the pixel that is read for a place to that for its neighbour
 * @param down how far below a place its pixel lies, before the stride; may be negative
 * @param right how far to the right
 */
record Shift(int height, int width, int rowStride, int stride, int down, int right) {

  /** Whether every place sees its own pixel. */
  boolean isNothing() {
    return isWhole() && down == 0 && right == 0;
  }

  /** Whether no pixels are left out. */
  private boolean isWhole() {
    return rowStride == 1 && stride == 1;
  }

  private int outHeight() {
    return height / rowStride;
  }

  private int outWidth() {
    return width / stride;
  }

  /** Copies the pixels of some samples side by side. */
  void copy(float[] from, float[] to, int samples) {
    int in = height * width;
    int out = outHeight() * outWidth();
    for (int i = 0; i < samples; i++) {
      if (isWhole()) {
        copyWhole(from, i * in, to, i * out);
      } else {
        copyStrided(from, i * in, to, i * out);
      }
    }
  }

  /** All rows at once; what came round the edges is zero then. */
  private void copyWhole(float[] from, int f, float[] to, int t) {
    int plane = height * width;
    int by = down * width + right;
    int start = Math.min(plane, Math.max(0, -by));
    int end = Math.max(start, Math.min(plane, plane - by));
    Arrays.fill(to, t, t + start, 0);
    if (start < end) {
      System.arraycopy(from, f + start + by, to, t + start, end - start);
    }
    Arrays.fill(to, t + end, t + plane, 0);
    int first = right < 0 ? 0 : Math.max(0, width - right);
    int last = right < 0 ? Math.min(width, -right) : width;
    for (int y = 0; y < height && first < last; y++) {
      for (int x = first; x < last; x++) {
        to[t + y * width + x] = 0;
      }
    }
  }

  private void copyStrided(float[] from, int f, float[] to, int t) {
    int columns = outWidth();
    int first = Math.min(columns, Math.max(0, -Math.floorDiv(right, stride)));
    int last = Math.max(first, Math.min(columns, Math.floorDiv(width - 1 - right, stride) + 1));
    for (int y = 0; y < outHeight(); y++) {
      int row = y * rowStride + down;
      int at = t + y * columns;
      if (row < 0 || row >= height) {
        Arrays.fill(to, at, at + columns, 0);
        continue;
      }
      Arrays.fill(to, at, at + first, 0);
      int source = f + row * width + right;
      for (int x = first; x < last; x++) {
        to[at + x] = from[source + x * stride];
      }
      Arrays.fill(to, at + last, at + columns, 0);
    }
  }
}
