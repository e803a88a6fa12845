package io.github.autoencoder4j.metric;

import com.google.common.math.Quantiles;
import java.util.Arrays;

/**
 * How the figure of single images is spread over a set of images.
 *
 * @param mean the arithmetic mean; every image weighs the same
 * @param std the population standard deviation: divided by {@code count}, not {@code count - 1}
 * @param percentile5 5 % of the images lie below it
 * @param median half of the images lie below it
 * @param percentile95 95 % of the images lie below it
 * @param count how many images; at least 1
 */
public record Distribution(
    double mean, double std, double percentile5, double median, double percentile95, int count) {

  /**
   * Describes a set of figures. Percentiles between two figures are interpolated linearly (type 7
   * of Hyndman and Fan, the default of NumPy and R).
   *
   * @param values one figure an image; at least one, all finite
   * @return their distribution
   * @throws IllegalArgumentException if there is no value, or one is not finite
   */
  public static Distribution of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there are no values: add at least one image");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("value " + i + " is " + values[i] + ", not finite");
      }
    }
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Distribution(
        mean,
        Math.sqrt(squares / values.length),
        percentile(5, values),
        percentile(50, values),
        percentile(95, values),
        values.length);
  }

  private static double percentile(int percent, double[] values) {
    return Quantiles.percentiles().index(percent).compute(values);
  }
}
