package io.github.autoencoder4j.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A column of categories. It takes a place for each value that is listed, and one for all others,
 * those never seen in training among them: 1 in the place of the value and 0 elsewhere, as a
 * reconstruction the probability of each.
 */
public final class CategoryColumn implements Column {

  /** The most values that are listed. */
  public static final int MOST_VALUES = 1000;

  /** The most characters of a value. */
  public static final int LONGEST_VALUE = 256;

  /** What a value is read back as that is not listed. */
  public static final String OTHER = "(other)";

  private final String name;
  private final List<String> listed;
  private final boolean mayBeMissing;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * Lists the values.
   *
   * @param name in the first line of the file
   * @param listed values with a place of their own; up to {@link #MOST_VALUES} of up to {@link
   *     #LONGEST_VALUE} characters, all different; copied
   * @param mayBeMissing whether cells were missing in training
   * @throws IllegalArgumentException if the name is empty or too long, there are too many values,
   *     or one is too long, {@link #OTHER}, or there twice
   */
  public CategoryColumn(String name, List<String> listed, boolean mayBeMissing) {
    ColumnRules.requireName(name);
    this.name = name;
    this.listed = List.copyOf(listed);
    this.mayBeMissing = mayBeMissing;
    if (listed.size() > MOST_VALUES) {
      throw new IllegalArgumentException(
          "column \"%s\" can list %s values, but %s were given; list the most frequent ones"
              .formatted(ColumnRules.shorten(name), MOST_VALUES, listed.size()));
    }
    for (String value : this.listed) {
      requireValue(name, value);
      if (places.put(value, places.size()) != null || value.equals(OTHER)) {
        throw new IllegalArgumentException(
            "column \"%s\" lists \"%s\" twice, or it is %s, which stands for all others"
                .formatted(ColumnRules.shorten(name), ColumnRules.shorten(value), OTHER));
      }
    }
  }

  /**
   * Gives the value that a cell is, so that 3, 3.0 and "3" are the same.
   *
   * @param cell text, or an object
   * @return its text without spaces around; that of whole numbers without a point
   */
  public static String valueOf(Object cell) {
    if (cell instanceof Number number) {
      double x = number.doubleValue();
      if (x == Math.rint(x) && Math.abs(x) < 1e15) {
        return Long.toString((long) x);
      }
    }
    return cell.toString().strip();
  }

  static void requireValue(String name, String value) {
    if (value.length() > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          "column \"%s\" can list values of up to %s characters, but \"%s\" has %s"
              .formatted(
                  ColumnRules.shorten(name),
                  LONGEST_VALUE,
                  ColumnRules.shorten(value),
                  value.length()));
    }
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * The values that have a place of their own.
   *
   * @return in the order of their places; immutable
   */
  public List<String> listed() {
    return listed;
  }

  /**
   * Says whether a value has a place of its own.
   *
   * @param cell text, or an object whose text it is
   * @return false if it shares the place of all others
   */
  public boolean lists(Object cell) {
    return places.containsKey(valueOf(cell));
  }

  @Override
  public boolean mayBeMissing() {
    return mayBeMissing;
  }

  @Override
  public int values() {
    return listed.size() + 1;
  }

  @Override
  public String kind() {
    return "category";
  }

  @Override
  public String describe() {
    return "%s values and others: %s%s"
        .formatted(
            listed.size(),
            listed.stream().limit(4).map(ColumnRules::shorten).collect(Collectors.joining(", ")),
            listed.size() > 4 ? ", ..." : "");
  }

  @Override
  public void encode(Object cell, float[] sample, int at) {
    encodeMissing(sample, at);
    sample[at + places.getOrDefault(valueOf(cell), listed.size())] = 1;
  }

  @Override
  public String decode(float[] sample, int at) {
    int best = 0;
    for (int i = 1; i <= listed.size(); i++) {
      if (sample[at + i] > sample[at + best]) {
        best = i;
      }
    }
    return best == listed.size() ? OTHER : listed.get(best);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CategoryColumn column
        && name.equals(column.name)
        && listed.equals(column.listed)
        && mayBeMissing == column.mayBeMissing;
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + listed.hashCode();
  }

  @Override
  public String toString() {
    return "CategoryColumn[%s, %s]".formatted(ColumnRules.shorten(name), describe());
  }
}
