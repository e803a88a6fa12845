package io.github.autoencoder4j.viz;

/** Checks of arguments, each with the value, the rule and the way out in its message. */
final class Require {

  private Require() {}

  static int inRange(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must lie in %s to %s, but was %s".formatted(what, min, max, value));
    }
    return value;
  }

  static double finite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          what + " must be a finite number, but was " + value + "; leave such values out");
    }
    return value;
  }

  static String text(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank");
    }
    return value;
  }

  /** Copies values after checking that each is finite. */
  static double[] finiteCopy(String what, double[] values) {
    double[] copy = values.clone();
    for (int i = 0; i < copy.length; i++) {
      finite(what + "[" + i + "]", copy[i]);
    }
    return copy;
  }

  /** Both ends of a range: {@code {min, max}}. */
  static double[] range(double min, double max) {
    // Written so that NaN fails too.
    if (!(min < max && Double.isFinite(max - min))) {
      throw new IllegalArgumentException(
          "a range needs min below max, both finite, but goes from %s to %s".formatted(min, max));
    }
    return new double[] {min, max};
  }

  /** Copies the corners of a box in the plane: {@code {low, high}}. */
  static double[][] box(double[] low, double[] high) {
    if (low.length != 2 || high.length != 2) {
      throw new IllegalArgumentException(
          "a box of 2-D codes needs 2 low and 2 high values, but got %s and %s"
              .formatted(low.length, high.length));
    }
    for (int i = 0; i < 2; i++) {
      // Written so that NaN fails too.
      if (!(low[i] < high[i] && Double.isFinite(high[i] - low[i]))) {
        throw new IllegalArgumentException(
            "low must lie below high in each dimension, both finite, but z%s goes from %s to %s"
                .formatted(i + 1, low[i], high[i]));
      }
    }
    return new double[][] {low.clone(), high.clone()};
  }
}
