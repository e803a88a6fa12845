package io.github.autoencoder4j.viz;

import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a plot: a range of values, linear or logarithmic, with the places of its ticks.
 *
 * @param min the value at the start; below {@code max}
 * @param log whether equal distances are equal factors; {@code min} is then above zero
 * @param gridded whether a faint line crosses the plot at each tick
 */
record Axis(String label, double min, double max, boolean log, boolean gridded, List<Tick> ticks) {

  /** A value with the text that stands beside it. */
  record Tick(double value, String text) {}

  private static final int MAX_TICKS = 9;

  /**
   * A linear axis that covers exactly the range given; a range of one value is widened.
   *
   * @param whole whether ticks stand at whole numbers only
   */
  static Axis linear(String label, double min, double max, boolean whole) {
    double half = isOneValue(min, max) ? Math.max(Math.abs(min) * 0.05, whole ? 0.5 : 1e-3) : 0;
    double low = finite(min - half);
    double high = finite(max + half);
    return new Axis(label, low, high, false, true, evenTicks(low, high, whole));
  }

  /** A logarithmic axis that covers exactly the range given; a range of one value is widened. */
  static Axis logarithmic(String label, double min, double max) {
    double factor = isOneValue(min, max) ? 1.5 : 1;
    // Values that are nearly 0 would lie endless decades below all others.
    double low = Math.max(Double.MIN_NORMAL, min / factor);
    double high = finite(Math.max(2 * Double.MIN_NORMAL, max * factor));
    return new Axis(label, low, high, true, true, logTicks(low, high));
  }

  /**
   * Whether two values are equal but for rounding, so that no axis can go from one to the other.
   */
  static boolean isOneValue(double min, double max) {
    double largest = Math.max(Math.abs(min), Math.abs(max));
    return max - min <= Math.max(Double.MIN_NORMAL, 1e-9 * largest);
  }

  /** The nearest finite number: what was added around the largest ones may have overflowed. */
  static double finite(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }

  /** Where a value lies in a range: 0 at its start, 1 at its end. */
  static double share(double value, double min, double max) {
    double length = max - min;
    return Double.isFinite(length)
        ? (value - min) / length
        : (value / 2 - min / 2) / (max / 2 - min / 2);
  }

  /** One place of width 1 for each name, from 0, with the name in the middle. */
  static Axis categories(String label, List<String> names) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ticks.add(new Tick(i + 0.5, names.get(i)));
    }
    return new Axis(label, 0, names.size(), false, false, List.copyOf(ticks));
  }

  Axis withoutGrid() {
    return new Axis(label, min, max, log, false, ticks);
  }

  /** The same axis with its ticks counted from the other end, as rows are from the top. */
  Axis reversed() {
    List<Tick> mirrored =
        ticks.stream().map(tick -> new Tick(min + max - tick.value, tick.text)).toList();
    return new Axis(label, min, max, log, gridded, mirrored);
  }

  /** Where a value lies: 0 at the start of the axis, 1 at its end. */
  double position(double value) {
    return log
        ? (Math.log(value) - Math.log(min)) / (Math.log(max) - Math.log(min))
        : share(value, min, max);
  }

  private static List<Tick> evenTicks(double min, double max, boolean whole) {
    // Of halves, for the length of the largest range overflows.
    double step = niceStep((max / 2 - min / 2) / ((MAX_TICKS - 2) / 2.0));
    if (whole) {
      step = Math.max(1, Math.rint(step));
    }
    List<Tick> ticks = new ArrayList<>();
    // Multiples of the step rather than sums of it, so that errors do not add up.
    for (double k = Math.ceil(min / step - 1e-9);
        k * step - 1e-9 * step <= max && ticks.size() <= MAX_TICKS;
        k++) {
      // Adding zero turns -0.0 into 0.0.
      ticks.add(new Tick(k * step + 0.0, evenText(k * step + 0.0, step, min, max)));
    }
    return List.copyOf(ticks);
  }

  /** The smallest of 1, 2, 5 times a power of ten that is at least the given step. */
  private static double niceStep(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= atLeast * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** All texts of an axis have the same number of decimals or digits, enough for the step. */
  private static String evenText(double value, double step, double min, double max) {
    double largest = Math.max(Math.abs(min), Math.abs(max));
    // The four digits of the compact form tell no smaller steps apart.
    if ((largest >= 1e6 || largest < 1e-3) && step >= 1e-3 * largest) {
      return Numbers.compact(value);
    }
    // Written in full, such numbers would be longer than the axis.
    if (largest >= 1e15 || largest < 1e-9) {
      return Numbers.compact(value, 12);
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return Numbers.fixed(value, decimals);
  }

  /** Decades, or 1-2-5, or every digit, whichever is the first that gives enough ticks. */
  private static List<Tick> logTicks(double min, double max) {
    int[][] choices = {{1}, {1, 2, 5}, {1, 2, 3, 4, 5, 6, 7, 8, 9}};
    for (int[] digits : choices) {
      List<Tick> ticks = new ArrayList<>();
      for (int e = (int) Math.floor(Math.log10(min)); e <= Math.log10(max) + 1e-9; e++) {
        for (int digit : digits) {
          double value = Double.parseDouble(digit + "e" + e);
          if (value >= min * (1 - 1e-9) && value * (1 - 1e-9) <= max) {
            ticks.add(new Tick(value, Numbers.compact(value)));
          }
        }
      }
      if (ticks.size() >= 3) {
        return thinned(ticks);
      }
    }
    // A range within about half a decade looks nearly even anyway.
    return evenTicks(min, max, false);
  }

  private static List<Tick> thinned(List<Tick> ticks) {
    int every = (ticks.size() + MAX_TICKS - 1) / MAX_TICKS;
    List<Tick> kept = new ArrayList<>();
    for (int i = 0; i < ticks.size(); i += every) {
      kept.add(ticks.get(i));
    }
    return List.copyOf(kept);
  }
}
