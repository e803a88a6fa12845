package io.github.autoencoder4j.examples.mnist;

import java.util.Arrays;
import java.util.Locale;

/**
 * A figure over a few seeds, before and after a change.
 *
 * @param meanBefore its mean before
 * @param stdBefore its standard deviation over the seeds before (n - 1)
 * @param meanAfter its mean after
 * @param stdAfter its standard deviation over the seeds after (n - 1)
 */
record Comparison(double meanBefore, double stdBefore, double meanAfter, double stdAfter) {

  static Comparison of(double[] before, double[] after) {
    return new Comparison(mean(before), std(before), mean(after), std(after));
  }

  /**
   * Says what changed, and calls it a change only if it is larger than what seeds do: more than the
   * two standard deviations together.
   */
  String sentence(String unit, String more, String less, String same) {
    double change = meanAfter - meanBefore;
    String verb = Math.abs(change) <= stdBefore + stdAfter ? same : change > 0 ? more : less;
    return String.format(
        Locale.ROOT,
        "%s (" + unit + " +- %.2g without, " + unit + " +- %.2g with)",
        verb,
        meanBefore,
        stdBefore,
        meanAfter,
        stdAfter);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double std(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
  }
}
