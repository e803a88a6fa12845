package io.github.autoencoder4j.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the numbers of a column become values about 0 of spread 1, and back. It was learnt from the
 * rows of training and is the same for every row since.
 */
public sealed interface Scaling {

  /**
   * The largest number of spreads from the centre that a scaled value has; what lies farther out is
   * moved there, so that a wild number cannot overflow within a network.
   */
  double FARTHEST = 1e6;

  /**
   * Scales a number.
   *
   * @param x any finite number
   * @return a value in [-{@link #FARTHEST}, {@link #FARTHEST}]
   */
  double scale(double x);

  /**
   * Turns a scaled value back.
   *
   * @param z any finite value
   * @return the number that is scaled to it, but for rounding
   */
  double restore(double z);

  /**
   * The scaling in a few words, for tables.
   *
   * @return for example {@code "mean 35.1, spread 12.2"}
   */
  String describe();

  /**
   * Learns the mean and the standard deviation: {@code z = (x - mean) / spread}. Such columns are
   * judged by the squared error.
   *
   * @param mean of the column
   * @param spread its standard deviation; above 0
   * @return the scaling
   * @throws IllegalArgumentException if a number is not finite or {@code spread} is not above 0
   */
  static Scaling standard(double mean, double spread) {
    return new Standard(mean, spread);
  }

  /**
   * Learns the median and the middle half: {@code z = (x - median) / spread}, which a few wild
   * numbers do not move. Such columns are judged by the loss of Huber.
   *
   * @param median of the column
   * @param spread the range of its middle half divided by 1.349, the standard deviation of a normal
   *     distribution; above 0
   * @return the scaling
   * @throws IllegalArgumentException if a number is not finite or {@code spread} is not above 0
   */
  static Scaling robust(double median, double spread) {
    return new Robust(median, spread);
  }

  /**
   * Learns the distribution: {@code z = (F(x) - 1/2) * sqrt(12)} with the share {@code F} of
   * numbers up to {@code x}, straight between its quantiles, and beyond them as steep as on the
   * whole. So every column is as good as uniform, of mean 0 and spread 1.
   *
   * @param quantiles numbers at equal steps of the share, from the smallest to the largest; at
   *     least 2, rising, and not all the same
   * @return the scaling
   * @throws IllegalArgumentException if there are too few, more than {@link Quantile#MOST}, or they
   *     do not rise
   */
  static Scaling quantile(double... quantiles) {
    return new Quantile(Arrays.stream(quantiles).boxed().toList());
  }

  /**
   * By mean and standard deviation.
   *
   * @param mean of the column
   * @param spread its standard deviation; above 0
   */
  record Standard(double mean, double spread) implements Scaling {

    /**
     * Checks the numbers.
     *
     * @param mean of the column
     * @param spread its standard deviation; above 0
     * @throws IllegalArgumentException if a number is not finite or {@code spread} is not above 0
     */
    public Standard {
      requireScale("mean", mean, spread);
    }

    @Override
    public double scale(double x) {
      return clip((x - mean) / spread);
    }

    @Override
    public double restore(double z) {
      return z * spread + mean;
    }

    @Override
    public String describe() {
      return String.format(Locale.ROOT, "mean %.4g, spread %.4g", mean, spread);
    }
  }

  /**
   * By median and middle half.
   *
   * @param median of the column
   * @param spread its middle half divided by 1.349; above 0
   */
  record Robust(double median, double spread) implements Scaling {

    /**
     * Checks the numbers.
     *
     * @param median of the column
     * @param spread its middle half divided by 1.349; above 0
     * @throws IllegalArgumentException if a number is not finite or {@code spread} is not above 0
     */
    public Robust {
      requireScale("median", median, spread);
    }

    @Override
    public double scale(double x) {
      return clip((x - median) / spread);
    }

    @Override
    public double restore(double z) {
      return z * spread + median;
    }

    @Override
    public String describe() {
      return String.format(Locale.ROOT, "median %.4g, robust spread %.4g", median, spread);
    }
  }

  /**
   * By the distribution.
   *
   * @param quantiles at equal steps of the share, rising; copied
   */
  record Quantile(List<Double> quantiles) implements Scaling {

    /** How many quantiles there may be. */
    public static final int MOST = 1001;

    private static final double WIDTH = Math.sqrt(12);

    /**
     * Checks and copies the quantiles.
     *
     * @param quantiles at equal steps of the share, rising
     * @throws IllegalArgumentException if there are fewer than 2 or more than {@link #MOST}, one is
     *     not finite, or they do not rise
     */
    public Quantile {
      quantiles = List.copyOf(quantiles);
      int n = quantiles.size();
      boolean good = n >= 2 && n <= MOST && Double.isFinite(range(quantiles));
      for (int i = 1; good && i < n; i++) {
        good = quantiles.get(i) >= quantiles.get(i - 1);
      }
      if (!good || !(range(quantiles) > 0)) {
        throw new IllegalArgumentException(
            "quantiles must be 2 to %s finite numbers that rise from the smallest to the largest, but were %s"
                .formatted(MOST, n > 20 ? n + " others" : quantiles));
      }
    }

    private static double range(List<Double> quantiles) {
      return quantiles.get(quantiles.size() - 1) - quantiles.get(0);
    }

    @Override
    public double scale(double x) {
      int n = quantiles.size();
      double share;
      if (x < quantiles.get(0)) {
        share = (x - quantiles.get(0)) / range(quantiles);
      } else if (x > quantiles.get(n - 1)) {
        share = 1 + (x - quantiles.get(n - 1)) / range(quantiles);
      } else {
        // A number that is several quantiles at once has the share in the middle of them.
        share = (place(x, true) + place(x, false)) / 2 / (n - 1);
      }
      return clip((share - 0.5) * WIDTH);
    }

    /** Where a number lies among the quantiles, from the left or from the right. */
    private double place(double x, boolean fromLeft) {
      int low = 0;
      int high = quantiles.size() - 1;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (fromLeft ? quantiles.get(middle) < x : quantiles.get(middle) <= x) {
          low = middle;
        } else {
          high = middle;
        }
      }
      double left = quantiles.get(low);
      double right = quantiles.get(high);
      if (right == left) {
        return fromLeft ? low : high;
      }
      return low + (x - left) / (right - left);
    }

    @Override
    public double restore(double z) {
      int last = quantiles.size() - 1;
      double share = z / WIDTH + 0.5;
      if (share < 0) {
        return quantiles.get(0) + share * range(quantiles);
      }
      if (share > 1) {
        return quantiles.get(last) + (share - 1) * range(quantiles);
      }
      int low = Math.min((int) (share * last), last - 1);
      double left = quantiles.get(low);
      return left + (share * last - low) * (quantiles.get(low + 1) - left);
    }

    @Override
    public String describe() {
      return String.format(
          Locale.ROOT,
          "%d quantiles, %.4g to %.4g",
          quantiles.size(),
          quantiles.get(0),
          quantiles.get(quantiles.size() - 1));
    }

    /**
     * Lists few of them.
     *
     * @return the description
     */
    @Override
    public String toString() {
      List<Double> ends = new ArrayList<>(List.of(quantiles.get(0)));
      ends.add(quantiles.get(quantiles.size() - 1));
      return "Quantile[%s quantiles, %s]".formatted(quantiles.size(), ends);
    }
  }

  private static double clip(double z) {
    return Math.max(-FARTHEST, Math.min(FARTHEST, z));
  }

  private static void requireScale(String centre, double value, double spread) {
    if (!Double.isFinite(value) || !(spread > 0 && spread < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a scaling needs a finite %s and a finite spread above 0, but got %s and %s; a column of one value is left out"
              .formatted(centre, value, spread));
    }
  }
}
