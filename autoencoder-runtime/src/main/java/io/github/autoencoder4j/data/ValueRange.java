package io.github.autoencoder4j.data;

/**
 * The values that samples may have.
 *
 * @param least the smallest value
 * @param greatest the largest value; above {@code least}
 */
public record ValueRange(double least, double greatest) {

  /** From 0 to 1, as pictures have it. */
  public static final ValueRange UNIT = new ValueRange(0, 1);

  /** All finite numbers, as standardised measurements have it. */
  public static final ValueRange REALS =
      new ValueRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /**
   * Checks the order.
   *
   * @param least the smallest value
   * @param greatest the largest value
   * @throws IllegalArgumentException if {@code greatest} is not above {@code least}
   */
  public ValueRange {
    if (!(greatest > least)) {
      throw new IllegalArgumentException(
          "a range must reach from a smaller to a larger value, but was %s to %s"
              .formatted(least, greatest));
    }
  }

  /**
   * Says whether a value lies within. What is not a number or infinite never does.
   *
   * @param value any value
   * @return true if it is finite and neither too small nor too large
   */
  public boolean contains(float value) {
    return value >= least && value <= greatest && Float.isFinite(value);
  }

  /**
   * Moves a value to the nearest one within.
   *
   * @param value any number
   * @return the value itself if it lies within
   */
  public float clip(float value) {
    return Math.max((float) least, Math.min((float) greatest, value));
  }

  /**
   * Says whether it has a smallest and a largest value.
   *
   * @return true if both are finite
   */
  public boolean isBounded() {
    return Double.isFinite(least) && Double.isFinite(greatest);
  }

  /**
   * Names the rule, for messages: "values must ...".
   *
   * @return for example {@code "lie in [0, 1]"}
   */
  public String rule() {
    return equals(REALS)
        ? "be finite numbers"
        : "lie in [%s, %s]".formatted(plain(least), plain(greatest));
  }

  /**
   * Says what to do about data that do not keep to it, for messages.
   *
   * @return the beginning of a sentence in the imperative
   */
  public String advice() {
    return isBounded()
        ? "scale the data first, for example by (x - min) / (max - min)"
        : "leave such samples out, or put a number in its place";
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
