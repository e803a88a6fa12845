package io.github.autoencoder4j.sampling;

import com.google.common.math.Quantiles;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An axis-parallel box in latent space and the uniform distribution over it.
 *
 * <p>The box of the 2-D sampling task spans the quantiles [1 %, 99 %] of the training codes in each
 * dimension. Smallest and largest code are an option, but a single outlier then decides how much of
 * the box is empty.
 *
 * <pre>{@code
 * Box box = Box.quantiles(autoencoder.encode(train));
 * float[][] drawn = box.sample(100, 7);
 * float[][] map = box.grid(20, 20);
 * }</pre>
 *
 * <p>Instances are immutable.
 */
public final class Box implements LatentDensity {

  /** Quantiles are taken to this many parts of the whole. */
  private static final int QUANTILE_SCALE = 1_000_000;

  private final double[] lower;
  private final double[] upper;

  private Box(double[] lower, double[] upper) {
    this.lower = lower;
    this.upper = upper;
    if (lower.length != upper.length || lower.length == 0) {
      throw new IllegalArgumentException(
          "both corners must have equally many values, at least one, but have %s and %s"
              .formatted(lower.length, upper.length));
    }
    for (int i = 0; i < lower.length; i++) {
      if (!(lower[i] < upper[i] && Double.isFinite(upper[i] - lower[i]))) {
        throw new IllegalArgumentException(
            ("a box must have lower < upper in every dimension, but dimension %s is [%s, %s];"
                    + " if it came from codes, this latent entry hardly varies")
                .formatted(i, lower[i], upper[i]));
      }
    }
  }

  /**
   * A box with the given corners.
   *
   * @param lower the lower bound of each dimension
   * @param upper the upper bound of each dimension
   * @return the box
   * @throws IllegalArgumentException if the lengths differ or are zero, or a lower bound is not
   *     below its upper bound
   */
  public static Box of(double[] lower, double[] upper) {
    return new Box(lower.clone(), upper.clone());
  }

  /**
   * The box between the 1 % and the 99 % quantile of the codes in each dimension.
   *
   * @param codes {@code [n][d]}, finite; at least 2
   * @return the box
   * @throws IllegalArgumentException if there are fewer than 2 codes, codes differ in length or are
   *     not finite, or a dimension does not vary
   */
  public static Box quantiles(float[][] codes) {
    return quantiles(codes, 0.01, 0.99);
  }

  /**
   * The box between two quantiles of the codes in each dimension, interpolated linearly.
   *
   * @param codes {@code [n][d]}, finite; at least 2
   * @param lowerQuantile in [0, 1), below {@code upperQuantile}
   * @param upperQuantile in (0, 1]
   * @return the box
   * @throws IllegalArgumentException if the quantiles are out of order or range, there are fewer
   *     than 2 codes, codes differ in length or are not finite, or a dimension does not vary
   */
  public static Box quantiles(float[][] codes, double lowerQuantile, double upperQuantile) {
    if (!(lowerQuantile >= 0 && lowerQuantile < upperQuantile && upperQuantile <= 1)) {
      throw new IllegalArgumentException(
          "quantiles must satisfy 0 <= lower < upper <= 1, but were %s and %s"
              .formatted(lowerQuantile, upperQuantile));
    }
    Codes.require(codes, 2);
    int d = codes[0].length;
    double[] lower = new double[d];
    double[] upper = new double[d];
    double[] values = new double[codes.length];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < codes.length; j++) {
        values[j] = codes[j][i];
      }
      lower[i] = quantile(lowerQuantile, values);
      upper[i] = quantile(upperQuantile, values);
    }
    return new Box(lower, upper);
  }

  /**
   * The smallest box that holds all codes.
   *
   * @param codes {@code [n][d]}, finite; at least 2
   * @return the box
   * @throws IllegalArgumentException if there are fewer than 2 codes, codes differ in length or are
   *     not finite, or a dimension does not vary
   */
  public static Box minMax(float[][] codes) {
    return quantiles(codes, 0, 1);
  }

  /**
   * The lower corner.
   *
   * @return a new array of {@code latentSize()} values
   */
  public double[] lower() {
    return lower.clone();
  }

  /**
   * The upper corner.
   *
   * @return a new array of {@code latentSize()} values
   */
  public double[] upper() {
    return upper.clone();
  }

  @Override
  public int latentSize() {
    return lower.length;
  }

  @Override
  public float[][] sample(int n, long seed) {
    Codes.requireCount(n);
    RandomStream random = RandomStream.of(seed, "uniform box");
    float[][] codes = new float[n][lower.length];
    for (float[] code : codes) {
      for (int i = 0; i < code.length; i++) {
        code[i] = (float) (lower[i] + (upper[i] - lower[i]) * random.nextDouble());
      }
    }
    return codes;
  }

  @Override
  public double logDensity(float[] latent) {
    Codes.requireLength(latent, lower.length);
    double sum = 0;
    for (int i = 0; i < lower.length; i++) {
      if (latent[i] < lower[i] || latent[i] > upper[i]) {
        return Double.NEGATIVE_INFINITY;
      }
      sum -= Math.log(upper[i] - lower[i]);
    }
    return sum;
  }

  /**
   * Evenly spaced points of a 2-D box, edges included, in the order of a picture: row by row from
   * the top (largest second value), each row from the left (smallest first value).
   *
   * @param rows points along the second dimension; at least 2
   * @param columns points along the first dimension; at least 2
   * @return {@code [rows * columns][2]}
   * @throws IllegalStateException if the box is not 2-D
   * @throws IllegalArgumentException if {@code rows} or {@code columns} is below 2
   */
  public float[][] grid(int rows, int columns) {
    if (lower.length != 2) {
      throw new IllegalStateException(
          "a grid is drawn over a 2-D box, but this one has %s dimensions".formatted(lower.length));
    }
    if (rows < 2 || columns < 2) {
      throw new IllegalArgumentException(
          "a grid needs at least 2 rows and columns, but was %s x %s".formatted(rows, columns));
    }
    float[][] points = new float[rows * columns][2];
    for (int i = 0; i < points.length; i++) {
      points[i][0] = (float) between(0, i % columns, columns - 1);
      points[i][1] = (float) between(1, rows - 1 - i / columns, rows - 1);
    }
    return points;
  }

  /**
   * The box as people write it.
   *
   * @return for example {@code "[-3.10, 4.25] x [-1.00, 2.00]"}
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lower.length; i++) {
      text.append(i == 0 ? "" : " x ")
          .append(String.format(Locale.ROOT, "[%.2f, %.2f]", lower[i], upper[i]));
    }
    return text.toString();
  }

  /**
   * Two boxes are equal if their corners are.
   *
   * @param other anything
   * @return whether it is a box with the same corners
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Box box
        && Arrays.equals(lower, box.lower)
        && Arrays.equals(upper, box.upper);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(lower) + Arrays.hashCode(upper);
  }

  private double between(int dimension, int step, int steps) {
    return lower[dimension] + (upper[dimension] - lower[dimension]) * step / steps;
  }

  private static double quantile(double quantile, double[] values) {
    int index = (int) Math.round(quantile * QUANTILE_SCALE);
    return Quantiles.scale(QUANTILE_SCALE).index(index).compute(values);
  }
}
