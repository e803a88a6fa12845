package io.github.autoencoder4j.table;

import java.util.Objects;

/**
 * A column of two values. It takes one place: 0 or 1, and as a reconstruction the probability of
 * the second.
 *
 * @param name in the first line of the file
 * @param zero the value that is 0
 * @param one the value that is 1
 * @param mayBeMissing whether cells were missing in training
 */
public record BinaryColumn(String name, String zero, String one, boolean mayBeMissing)
    implements Column {

  /**
   * Checks the values.
   *
   * @param name in the first line of the file
   * @param zero the value that is 0
   * @param one the value that is 1
   * @param mayBeMissing whether cells were missing in training
   * @throws IllegalArgumentException if the name is empty or too long, or the values are equal or
   *     too long
   */
  public BinaryColumn {
    ColumnRules.requireName(name);
    CategoryColumn.requireValue(name, zero);
    CategoryColumn.requireValue(name, one);
    if (Objects.equals(zero, one)) {
      throw new IllegalArgumentException(
          "column \"%s\" needs two different values, but both are \"%s\""
              .formatted(ColumnRules.shorten(name), ColumnRules.shorten(zero)));
    }
  }

  @Override
  public int values() {
    return 1;
  }

  @Override
  public String kind() {
    return "binary";
  }

  @Override
  public String describe() {
    return "0 is %s, 1 is %s".formatted(ColumnRules.shorten(zero), ColumnRules.shorten(one));
  }

  @Override
  public void encode(Object cell, float[] sample, int at) {
    String value = CategoryColumn.valueOf(cell);
    if (value.equals(zero)) {
      sample[at] = 0;
    } else if (value.equals(one)) {
      sample[at] = 1;
    } else {
      throw ColumnRules.unusable(
          name,
          cell,
          "is neither \"%s\" nor \"%s\", the two values of training; make it a category, which has a place for others"
              .formatted(ColumnRules.shorten(zero), ColumnRules.shorten(one)));
    }
  }

  @Override
  public void encodeMissing(float[] sample, int at) {
    sample[at] = 0.5f;
  }

  @Override
  public String decode(float[] sample, int at) {
    return sample[at] >= 0.5f ? one : zero;
  }
}
