package io.github.autoencoder4j.examples.proof;

import java.util.Locale;

/**
 * What a proof obtained, beside what was published.
 *
 * @param name what was measured, with its unit
 * @param published as the source has it
 * @param obtained by this library
 * @param least from here on the published figure counts as reproduced
 * @param greatest up to here
 * @param digits how many to print after the point
 */
public record Figure(
    String name, String published, double obtained, double least, double greatest, int digits) {

  /** A figure that is to be close to the published one. */
  static Figure near(String name, double published, double tolerance, double obtained) {
    return new Figure(
        name,
        String.format(Locale.ROOT, "%.2f", published),
        obtained,
        published - tolerance,
        published + tolerance,
        2);
  }

  /** A figure that is to be at least so large. */
  static Figure atLeast(String name, String published, double least, double obtained) {
    return new Figure(name, published, obtained, least, Double.POSITIVE_INFINITY, 2);
  }

  /** A figure that explains others and has no bar. */
  static Figure beside(String name, double obtained) {
    return new Figure(name, "", obtained, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 2);
  }

  /** Whether it lies where it has to. */
  boolean isReached() {
    return obtained >= least && obtained <= greatest;
  }

  /** Whether there is something to reach. */
  boolean hasBar() {
    return least > Double.NEGATIVE_INFINITY || greatest < Double.POSITIVE_INFINITY;
  }

  /** What it has to be, in words. */
  String bar() {
    if (!hasBar()) {
      return "";
    }
    if (greatest == Double.POSITIVE_INFINITY) {
      return "at least " + number(least);
    }
    return least == Double.NEGATIVE_INFINITY
        ? "at most " + number(greatest)
        : number(least) + " to " + number(greatest);
  }

  /** The figure as it is printed. */
  String text() {
    return number(obtained);
  }

  private String number(double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
