package io.github.autoencoder4j.internal.plain;

/**
 * Products of a matrix with rows of numbers: {@code out[m] += sum_k W[m, k] in[k]}, four of the
 * rows that are read at a time. HotSpot vectorises a loop that writes one array, and reads all at
 * the same index: not one that writes several, nor one with offsets, where it cannot rule out that
 * arrays overlap. Of what was tried, more rows at a time were slower on one JDK or another.
 */
final class RowProducts {

  /** Numbers of a row at a time: the four that are read stay in the first cache. */
  private static final int TILE = 512;

  /** Rows that are written in turn: in the first cache too if samples are few. */
  private static final int HEIGHT = 32;

  private RowProducts() {}

  /**
   * Adds a product.
   *
   * @param out the rows that are added to
   * @param m how many of them
   * @param in the rows that are multiplied
   * @param k how many of them
   * @param w has the matrix
   * @param from where {@code W[0, 0]} lies in {@code w}
   * @param down how far one row of the matrix is from the next
   * @param right how far one column of the matrix is from the next
   * @param length how many numbers of each row count
   */
  static void add(
      float[][] out,
      int m,
      float[][] in,
      int k,
      float[] w,
      int from,
      int down,
      int right,
      int length) {
    for (int start = 0; start < length; start += TILE) {
      addTile(out, m, in, k, w, from, down, right, start, Math.min(length, start + TILE));
    }
  }

  private static void addTile(
      float[][] out,
      int m,
      float[][] in,
      int k,
      float[] w,
      int from,
      int down,
      int right,
      int start,
      int end) {
    int k4 = k & ~3;
    for (int top = 0; top < m; top += HEIGHT) {
      int bottom = Math.min(m, top + HEIGHT);
      for (int j = 0; j < k4; j += 4) {
        float[] x0 = in[j];
        float[] x1 = in[j + 1];
        float[] x2 = in[j + 2];
        float[] x3 = in[j + 3];
        for (int i = top; i < bottom; i++) {
          int at = from + i * down + j * right;
          float w0 = w[at];
          float w1 = w[at + right];
          float w2 = w[at + 2 * right];
          float w3 = w[at + 3 * right];
          addFour(out[i], x0, x1, x2, x3, w0, w1, w2, w3, start, end);
        }
      }
      for (int j = k4; j < k; j++) {
        for (int i = top; i < bottom; i++) {
          addOne(out[i], in[j], w[from + i * down + j * right], start, end);
        }
      }
    }
  }

  /** Adds the multiples of four rows to one. */
  static void addFour(
      float[] y,
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float w0,
      float w1,
      float w2,
      float w3,
      int start,
      int end) {
    for (int p = start; p < end; p++) {
      y[p] += (w0 * x0[p] + w1 * x1[p]) + (w2 * x2[p] + w3 * x3[p]);
    }
  }

  /** Adds the multiple of a row to another. */
  static void addOne(float[] y, float[] x, float w, int start, int end) {
    for (int p = start; p < end; p++) {
      y[p] += w * x[p];
    }
  }
}
