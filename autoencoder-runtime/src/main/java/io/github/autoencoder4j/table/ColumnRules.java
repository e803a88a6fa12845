package io.github.autoencoder4j.table;

import io.github.autoencoder4j.exception.UnusableDataException;

/** What holds for the names and cells of every column, and how messages show them. */
final class ColumnRules {

  private static final int LONGEST_SHOWN = 60;

  private ColumnRules() {}

  static void requireName(String name) {
    if (name.isEmpty() || name.length() > Column.LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a column needs a name of 1 to %s characters, but \"%s\" has %s"
              .formatted(Column.LONGEST_NAME, shorten(name), name.length()));
    }
  }

  static UnusableDataException unusable(String name, Object cell, String rule) {
    String shown = shorten(cell.toString());
    return new UnusableDataException(
        "column \"%s\": %s %s"
            .formatted(
                shorten(name), cell instanceof CharSequence ? "\"" + shown + "\"" : shown, rule));
  }

  /** Text of any length on one line. */
  static String shorten(String text) {
    String start =
        text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN - 3) + "...";
    return start.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }
}
