package io.github.autoencoder4j.metric;

/**
 * How much of a sampling box the codes of a 2-D latent space fill: the share of the cells of a grid
 * over the box that hold enough training codes. Where cells are empty, a point drawn uniformly from
 * the box decodes to something the decoder never learnt.
 *
 * <pre>{@code
 * double share = FilledShare.of(codes, box.lower(), box.upper());
 * }</pre>
 */
public final class FilledShare {

  /** Cells along each side of the grid, unless said otherwise. */
  public static final int CELLS = 20;

  /** Codes a cell must hold to count as filled, unless said otherwise. */
  public static final int MINIMUM_COUNT = 10;

  private FilledShare() {}

  /**
   * The share on a grid of {@value #CELLS} x {@value #CELLS} cells with at least {@value
   * #MINIMUM_COUNT} codes each.
   *
   * @param codes {@code [n][2]}; codes outside the box are not counted
   * @param lower the lower corner of the box, 2 values
   * @param upper the upper corner of the box, 2 values
   * @return filled cells / all cells, in [0, 1]
   * @throws IllegalArgumentException if codes or box are not 2-D, a code is not finite or the box
   *     is empty
   */
  public static double of(float[][] codes, double[] lower, double[] upper) {
    return of(codes, lower, upper, CELLS, MINIMUM_COUNT);
  }

  /**
   * The share on a grid of any fineness.
   *
   * @param codes {@code [n][2]}; codes outside the box are not counted
   * @param lower the lower corner of the box, 2 values
   * @param upper the upper corner of the box, 2 values
   * @param cells cells along each side; 1 to 10,000
   * @param minimumCount codes a cell must hold to count as filled; at least 1
   * @return filled cells / all cells, in [0, 1]
   * @throws IllegalArgumentException if codes or box are not 2-D, a code is not finite, the box is
   *     empty, or a parameter is out of its range
   */
  public static double of(
      float[][] codes, double[] lower, double[] upper, int cells, int minimumCount) {
    if (cells < 1 || cells > 10_000 || minimumCount < 1) {
      throw new IllegalArgumentException(
          "cells must lie in 1 to 10,000 and minimumCount be at least 1, but were %s and %s"
              .formatted(cells, minimumCount));
    }
    requireBox(lower, upper);
    Codes.require(codes, 2);
    int[] counts = new int[cells * cells];
    for (float[] code : codes) {
      int column = cell(code[0], lower[0], upper[0], cells);
      int row = cell(code[1], lower[1], upper[1], cells);
      if (column >= 0 && row >= 0) {
        counts[row * cells + column]++;
      }
    }
    int filled = 0;
    for (int count : counts) {
      filled += count >= minimumCount ? 1 : 0;
    }
    return (double) filled / counts.length;
  }

  /** The cell of a value, or -1 outside; the upper edge belongs to the last cell. */
  private static int cell(double value, double lower, double upper, int cells) {
    if (value < lower || value > upper) {
      return -1;
    }
    return Math.min(cells - 1, (int) ((value - lower) / (upper - lower) * cells));
  }

  private static void requireBox(double[] lower, double[] upper) {
    if (lower.length != 2 || upper.length != 2) {
      throw new IllegalArgumentException(
          "the filled share is defined for 2-D boxes, but the corners have %s and %s values"
              .formatted(lower.length, upper.length));
    }
    for (int i = 0; i < 2; i++) {
      if (!(lower[i] < upper[i] && Double.isFinite(upper[i] - lower[i]))) {
        throw new IllegalArgumentException(
            "the box must have lower < upper in every dimension, but dimension %s is [%s, %s]"
                .formatted(i, lower[i], upper[i]));
      }
    }
  }
}
