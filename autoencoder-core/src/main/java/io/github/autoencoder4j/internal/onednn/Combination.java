package io.github.autoencoder4j.internal.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A matrix of small numbers that combines whole arrays, value by value: applied to the columns and
 * the rows of tiles, one of the transforms of a {@link Filter}.
 */
final class Combination {

  private final float[][] matrix;
  private final List<Loop> loops = new ArrayList<>();

  Combination(float[][] matrix) {
    this.matrix = matrix;
    for (int row = 0; row < matrix.length; row++) {
      float[] next = row + 1 < matrix.length ? matrix[row + 1] : new float[0];
      if (Butterfly.computes(matrix[row], next)) {
        loops.add(new Butterfly(row, matrix[row], next));
        row++;
      } else {
        loops.add(sum(row, matrix[row]));
      }
    }
  }

  private static Loop sum(int row, float[] factors) {
    int[] terms = terms(factors);
    return switch (terms.length) {
      case 1 -> new One(row, terms, factors);
      case 2 -> new Two(row, terms, factors);
      case 3 -> new Three(row, terms, factors);
      case 4 -> new Four(row, terms, factors);
      case 5 -> new Five(row, terms, factors);
      default -> throw new IllegalArgumentException("no loop for " + terms.length + " terms");
    };
  }

  /** The places of those that are not zero. */
  private static int[] terms(float[] factors) {
    return IntStream.range(0, factors.length).filter(i -> factors[i] != 0).toArray();
  }

  /** What gradients take on their way back. */
  Combination transposed() {
    float[][] transposed = new float[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < transposed.length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return new Combination(transposed);
  }

  /** How many places the tiles have that it is applied to. */
  int inputs() {
    return matrix[0].length * matrix[0].length;
  }

  /** How many those have that it makes. */
  int outputs() {
    return matrix.length * matrix.length;
  }

  /**
   * Applies it to the columns, then to the rows of tiles: {@code out = T in T^t}.
   *
   * @param in one array for each place of a tile, row by row; values of the same number are a tile
   * @param between as many arrays as the larger of the others needs; overwritten
   * @param out as {@code in}
   * @param n how many tiles
   */
  void apply(float[][] in, float[][] between, float[][] out, int n) {
    int width = matrix[0].length;
    int height = matrix.length;
    for (int i = 0; i < width; i++) {
      apply(in, i, width, between, i, width, n);
    }
    for (int i = 0; i < height; i++) {
      apply(between, i * width, 1, out, i * height, 1, n);
    }
  }

  /** Applies it to a column or a row of arrays, which begins with one and goes on in steps. */
  private void apply(
      float[][] in, int first, int step, float[][] out, int firstOut, int stepOut, int n) {
    for (int i = 0; i < loops.size(); i++) {
      Loop loop = loops.get(i);
      loop.compute(
          in[first + loop.terms[0] * step],
          in[first + loop.terms[1] * step],
          in[first + loop.terms[2] * step],
          in[first + loop.terms[3] * step],
          in[first + loop.terms[4] * step],
          out[firstOut + loop.row * stepOut],
          out[firstOut + loop.lastRow * stepOut],
          n);
    }
  }

  /**
   * Computes a row of the matrix, or two. There are more kinds than are inlined where they are
   * called, so each is compiled by itself, and the compiler finds vectors in it: small loops, whose
   * arrays all run over the same places. In the midst of other code it does not.
   */
  private abstract static class Loop {

    private static final int MOST_TERMS = 5;

    final int row;
    final int lastRow;

    /** Where to find what it combines; it does not look at more than it has factors for. */
    final int[] terms;

    final float byA;
    final float byB;
    final float byC;
    final float byD;
    final float byE;

    Loop(int row, int lastRow, int[] terms, float[] factors) {
      this.row = row;
      this.lastRow = lastRow;
      this.terms = Arrays.copyOf(terms, MOST_TERMS);
      byA = factors[this.terms[0]];
      byB = factors[this.terms[1]];
      byC = factors[this.terms[2]];
      byD = factors[this.terms[3]];
      byE = factors[this.terms[4]];
    }

    abstract void compute(
        float[] a, float[] b, float[] c, float[] d, float[] e, float[] out, float[] last, int n);
  }

  private static final class One extends Loop {

    One(int row, int[] terms, float[] factors) {
      super(row, row, terms, factors);
    }

    @Override
    void compute(
        float[] a, float[] b, float[] c, float[] d, float[] e, float[] out, float[] last, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = byA * a[i];
      }
    }
  }

  private static final class Two extends Loop {

    Two(int row, int[] terms, float[] factors) {
      super(row, row, terms, factors);
    }

    @Override
    void compute(
        float[] a, float[] b, float[] c, float[] d, float[] e, float[] out, float[] last, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = byA * a[i] + byB * b[i];
      }
    }
  }

  private static final class Three extends Loop {

    Three(int row, int[] terms, float[] factors) {
      super(row, row, terms, factors);
    }

    @Override
    void compute(
        float[] a, float[] b, float[] c, float[] d, float[] e, float[] out, float[] last, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = byA * a[i] + byB * b[i] + byC * c[i];
      }
    }
  }

  private static final class Four extends Loop {

    Four(int row, int[] terms, float[] factors) {
      super(row, row, terms, factors);
    }

    @Override
    void compute(
        float[] a, float[] b, float[] c, float[] d, float[] e, float[] out, float[] last, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = byA * a[i] + byB * b[i] + byC * c[i] + byD * d[i];
      }
    }
  }

  private static final class Five extends Loop {

    Five(int row, int[] terms, float[] factors) {
      super(row, row, terms, factors);
    }

    @Override
    void compute(
        float[] a, float[] b, float[] c, float[] d, float[] e, float[] out, float[] last, int n) {
      for (int i = 0; i < n; i++) {
        out[i] = byA * a[i] + byB * b[i] + byC * c[i] + byD * d[i] + byE * e[i];
      }
    }
  }

  /** Two rows of four terms that differ in the signs of two: sum and difference of two sums. */
  private static final class Butterfly extends Loop {

    Butterfly(int row, float[] sum, float[] difference) {
      super(
          row,
          row + 1,
          IntStream.concat(
                  IntStream.of(terms(sum)).filter(i -> sum[i] == difference[i]),
                  IntStream.of(terms(sum)).filter(i -> sum[i] != difference[i]))
              .toArray(),
          sum);
    }

    static boolean computes(float[] sum, float[] difference) {
      int[] terms = terms(sum);
      return terms.length == 4
          && difference.length == sum.length
          && IntStream.of(terms).filter(i -> sum[i] == difference[i]).count() == 2
          && IntStream.of(terms).filter(i -> sum[i] == -difference[i]).count() == 2;
    }

    @Override
    void compute(
        float[] a, float[] b, float[] c, float[] d, float[] e, float[] out, float[] last, int n) {
      float a1 = byA;
      float b1 = byB;
      float c1 = byC;
      float d1 = byD;
      for (int i = 0; i < n; i++) {
        float even = a1 * a[i] + b1 * b[i];
        float odd = c1 * c[i] + d1 * d[i];
        out[i] = even + odd;
        last[i] = even - odd;
      }
    }
  }
}
