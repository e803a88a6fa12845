package io.github.autoencoder4j.table;

import io.github.autoencoder4j.exception.UnusableDataException;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A column of numbers. It takes one place, the scaled number.
 *
 * @param name in the first line of the file
 * @param decimalComma whether text is like {@code 1,5}, not {@code 1.5}
 * @param scaling how numbers become values about 0
 * @param mayBeMissing whether cells were missing in training
 */
public record NumberColumn(String name, boolean decimalComma, Scaling scaling, boolean mayBeMissing)
    implements Column {

  /** The largest size of a number: squares of larger ones have no sum. */
  public static final double LARGEST = 1e100;

  private static final Pattern POINT = pattern("\\.");
  private static final Pattern COMMA = pattern(",");

  /**
   * Checks the name.
   *
   * @param name in the first line of the file
   * @param decimalComma whether text is like {@code 1,5}
   * @param scaling how numbers become values about 0
   * @param mayBeMissing whether cells were missing in training
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public NumberColumn {
    ColumnRules.requireName(name);
    Objects.requireNonNull(scaling, "scaling");
  }

  // Each quantifier stands before what it does not match itself, so that no text takes long.
  private static Pattern pattern(String point) {
    return Pattern.compile(
        "[+-]?+(?:[0-9]++(?:" + point + "[0-9]*+)?+|" + point + "[0-9]++)(?:[eE][+-]?+[0-9]++)?+");
  }

  /**
   * Reads a number from text.
   *
   * @param text for example {@code -1.5e-3}; spaces around it do not matter
   * @param decimalComma whether a comma stands for the point
   * @return the number, which may be infinite; empty if the text is none
   */
  public static OptionalDouble parse(String text, boolean decimalComma) {
    String number = text.strip();
    if (!(decimalComma ? COMMA : POINT).matcher(number).matches()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Double.parseDouble(number.replace(',', '.')));
  }

  /**
   * Takes a cell for a number.
   *
   * @param cell text or a {@link Number}
   * @return a number of size up to {@link #LARGEST}
   * @throws UnusableDataException if it is none, or too large
   */
  public double number(Object cell) {
    double x;
    if (cell instanceof Number number) {
      x = number.doubleValue();
    } else {
      x =
          parse(cell.toString(), decimalComma)
              .orElseThrow(
                  () ->
                      ColumnRules.unusable(
                          name,
                          cell,
                          "is no number, but the column is of numbers like %s"
                              .formatted(decimalComma ? "1,5" : "1.5")));
    }
    if (!(Math.abs(x) <= LARGEST)) {
      throw ColumnRules.unusable(
          name, cell, "is out of range: numbers lie within -1e100 and 1e100");
    }
    return x;
  }

  @Override
  public int values() {
    return 1;
  }

  @Override
  public String kind() {
    return "number";
  }

  @Override
  public String describe() {
    return scaling.describe() + (decimalComma ? ", decimal comma" : "");
  }

  @Override
  public void encode(Object cell, float[] sample, int at) {
    sample[at] = (float) scaling.scale(number(cell));
  }

  @Override
  public Double decode(float[] sample, int at) {
    return scaling.restore(sample[at]);
  }
}
