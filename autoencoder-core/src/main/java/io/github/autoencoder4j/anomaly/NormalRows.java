package io.github.autoencoder4j.anomaly;

import java.util.Objects;

/** Checks of rows that scorers are fitted to or asked about. */
final class NormalRows {

  private NormalRows() {}

  /** Checks that there are enough rows, of one length above zero and finite; returns the length. */
  static int require(float[][] rows, int atLeast) {
    if (rows.length < atLeast) {
      throw new IllegalArgumentException(
          "at least %s normal rows are needed, but there are %s".formatted(atLeast, rows.length));
    }
    int columns = Objects.requireNonNull(rows[0], "row 0 is null").length;
    if (columns == 0) {
      throw new IllegalArgumentException("row 0 has no values; rows must have at least one column");
    }
    requireAll(rows, columns);
    return columns;
  }

  static void requireAll(float[][] rows, int columns) {
    for (int i = 0; i < rows.length; i++) {
      int index = i;
      Objects.requireNonNull(rows[i], () -> "row " + index + " is null");
      require(rows[i], columns, "row " + i);
    }
  }

  static void require(float[] row, int columns) {
    require(row, columns, "the row");
  }

  private static void require(float[] row, int columns, String name) {
    if (row.length != columns) {
      throw new IllegalArgumentException(
          "a row must have %s values, but %s has %s".formatted(columns, name, row.length));
    }
    for (int j = 0; j < row.length; j++) {
      if (!Float.isFinite(row[j])) {
        throw new IllegalArgumentException(
            "%s holds %s in column %s; values must be finite: fill in what is missing first"
                .formatted(name, row[j], j));
      }
    }
  }

  static void requireVariance(double variance, int rows) {
    if (!(variance > 0)) {
      throw new IllegalArgumentException(
          "the %s normal rows are all equal, so there is no spread to judge others by"
              .formatted(rows));
    }
  }
}
