package io.github.autoencoder4j.table;

import io.github.autoencoder4j.exception.UnusableDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table in order, with what was learnt of each from the rows of training: all that
 * it takes to turn a row into a sample and a sample into a row. A model that was built for a schema
 * carries it, so that new rows need nothing but the model. Immutable.
 *
 * <pre>{@code
 * TableSchema schema = Autoencoder.load(file).columns().orElseThrow();
 * float[] sample = schema.encode(Map.of("age", 41, "city", "Lyon")); // a missing key is missing
 * Map<String, Object> row = schema.decode(sample);
 * }</pre>
 */
public final class TableSchema {

  /** The most columns. */
  public static final int MOST_COLUMNS = 100_000;

  /** The most texts that stand for a missing value. */
  public static final int MOST_MISSING = 100;

  /**
   * The texts that stand for a missing value unless others are named, in capitals or not: empty,
   * NA, N/A, #N/A, NaN, NULL, a dash, a question mark.
   */
  public static final Set<String> MISSING =
      ordered(List.of("", "na", "n/a", "#n/a", "nan", "null", "-", "?"));

  private final List<Column> columns;
  private final Set<String> missing;
  private final int[] offsets;
  private final Map<String, Integer> positions = new HashMap<>();

  private static Set<String> ordered(Collection<String> texts) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(texts));
  }

  /**
   * Puts columns side by side.
   *
   * @param columns in order, with different names; at least one that is not left out; copied
   * @param missing the texts that stand for a missing value, in small letters; copied
   * @throws IllegalArgumentException if there are too many, two have a name in common, or all are
   *     left out
   */
  public TableSchema(List<? extends Column> columns, Set<String> missing) {
    this.columns = List.copyOf(columns);
    this.missing = ordered(missing);
    this.offsets = new int[columns.size() + 1];
    requireFew("columns", columns.size(), MOST_COLUMNS);
    requireFew("texts for missing values", missing.size(), MOST_MISSING);
    for (String text : missing) {
      if (!text.equals(text.strip().toLowerCase(Locale.ROOT))
          || text.length() > CategoryColumn.LONGEST_VALUE) {
        throw new IllegalArgumentException(
            "a text for missing values must be up to %s small letters without spaces around, but was \"%s\""
                .formatted(CategoryColumn.LONGEST_VALUE, ColumnRules.shorten(text)));
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      offsets[i + 1] = offsets[i] + column.width();
      if (positions.put(column.name(), i) != null) {
        throw new IllegalArgumentException(
            "two columns are named \"%s\", but each needs a name of its own"
                .formatted(ColumnRules.shorten(column.name())));
      }
    }
    if (width() == 0) {
      throw new IllegalArgumentException(
          "no column is left for samples; say what the columns are:%n%s".formatted(describe()));
    }
  }

  private static void requireFew(String what, int count, int most) {
    if (count > most) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a schema has up to %,d %s, but got %,d", most, what, count));
    }
  }

  /**
   * The columns, those that are left out among them.
   *
   * @return in order; immutable
   */
  public List<Column> columns() {
    return columns;
  }

  /**
   * The texts that stand for a missing value.
   *
   * @return in small letters; immutable
   */
  public Set<String> missing() {
    return missing;
  }

  /**
   * How many values a sample has.
   *
   * @return the sum of the widths of all columns; at least 1
   */
  public int width() {
    return offsets[columns.size()];
  }

  /**
   * Where the values of a column begin in a sample: they end where those of the next begin.
   *
   * @param column its position, from 0; the number of columns for the end of the last
   * @return from 0 to {@link #width()}
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public int offset(int column) {
    return offsets[column];
  }

  /**
   * Says whose value stands at a place of a sample.
   *
   * @param place from 0 to {@link #width()} - 1
   * @return its column
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public Column columnAt(int place) {
    Objects.checkIndex(place, width());
    int found = Arrays.binarySearch(offsets, place);
    int column = found >= 0 ? found : -found - 2;
    while (columns.get(column).width() == 0) {
      column++;
    }
    return columns.get(column);
  }

  /**
   * Says whether a cell is missing: null, NaN, or one of the texts for it.
   *
   * @param cell any object
   * @return true if it holds no value
   */
  public boolean isMissing(@Nullable Object cell) {
    return isMissing(cell, missing);
  }

  /**
   * Says whether a cell is missing: null, NaN, or one of some texts.
   *
   * @param cell any object
   * @param missing the texts that stand for a missing value, in small letters
   * @return true if it holds no value
   */
  public static boolean isMissing(@Nullable Object cell, Set<String> missing) {
    if (cell == null) {
      return true;
    }
    if (cell instanceof Number number) {
      return Double.isNaN(number.doubleValue());
    }
    return missing.contains(cell.toString().strip().toLowerCase(Locale.ROOT));
  }

  /**
   * Finds the columns of a schema in a header, by name.
   *
   * @param header the names of a file's columns, in its order
   * @return for each column of the schema its position in the header; -1 for one that is left out
   *     and not there
   * @throws UnusableDataException if a column that samples need is not there; the message names all
   *     of them, and the columns that the schema does not know
   */
  public int[] find(Collection<String> header) {
    Map<String, Integer> places = new HashMap<>();
    header.forEach(name -> places.putIfAbsent(name, places.size()));
    int[] found = new int[columns.size()];
    List<String> lacking = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      Column column = columns.get(i);
      found[i] = places.getOrDefault(column.name(), -1);
      if (found[i] < 0 && column.width() > 0) {
        lacking.add(ColumnRules.shorten(column.name()));
      }
    }
    if (!lacking.isEmpty()) {
      throw new UnusableDataException(
          "%s of the %s columns that the model needs are missing: %s; columns that it does not know: %s. Columns are found by name: rename them, or take the model that was trained on this table"
              .formatted(lacking.size(), columns.size(), few(lacking), few(unknown(header))));
    }
    return found;
  }

  /**
   * The columns of a header that the schema does not know, and which are of no use to it.
   *
   * @param header the names of a file's columns
   * @return in the order of the header
   */
  public List<String> unknown(Collection<String> header) {
    return header.stream().filter(name -> !positions.containsKey(name)).toList();
  }

  private static String few(List<String> names) {
    return names.isEmpty()
        ? "none"
        : names.size() <= 10
            ? String.join(", ", names)
            : String.join(", ", names.subList(0, 10)) + ", ...";
  }

  /**
   * Finds the first column by which samples of another schema differ from samples of this one.
   * Those that are left out make no difference, nor do the texts for missing values.
   *
   * @param other whose samples are as wide
   * @return what the column is there and what it is here, in words; empty if both make the same
   *     samples of the same rows
   */
  public Optional<String> difference(TableSchema other) {
    List<Column> ours = columns.stream().filter(column -> column.width() > 0).toList();
    List<Column> theirs = other.columns.stream().filter(column -> column.width() > 0).toList();
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      if (!ours.get(i).equals(theirs.get(i))) {
        String here = tell(ours.get(i));
        String there = tell(theirs.get(i));
        return Optional.of(
            here.equals(there)
                ? here + " differs in what is not shown"
                : there + " in place of " + here);
      }
    }
    return ours.size() == theirs.size()
        ? Optional.empty()
        : Optional.of("%s columns in place of %s".formatted(theirs.size(), ours.size()));
  }

  private static String tell(Column column) {
    return "\"%s\" (%s%s, %s)"
        .formatted(
            ColumnRules.shorten(column.name()),
            column.kind(),
            column.mayBeMissing() ? " that may be missing" : "",
            column.describe());
  }

  /**
   * Turns a row into a sample.
   *
   * @param row cells by the names of their columns: text, or numbers and dates of Java; what is not
   *     there is missing
   * @return {@link #width()} finite values
   * @throws UnusableDataException if a cell is of another kind than its column, or the row has a
   *     column that the schema does not know
   */
  public float[] encode(Map<String, ?> row) {
    List<String> unknown = unknown(List.copyOf(row.keySet()));
    if (!unknown.isEmpty()) {
      throw new UnusableDataException(
          "the row has columns that the model does not know: %s; it knows %s"
              .formatted(few(unknown), few(columns.stream().map(Column::name).toList())));
    }
    float[] sample = new float[width()];
    List<@Nullable Object> cells = new ArrayList<>();
    columns.forEach(column -> cells.add(row.get(column.name())));
    encode(cells, sample);
    return sample;
  }

  /**
   * Turns a row into a sample.
   *
   * @param cells one for each column, in order; null where it is missing
   * @param sample receives {@link #width()} finite values
   * @throws UnusableDataException if a cell is of another kind than its column
   * @throws IllegalArgumentException if there are more or fewer cells than columns
   */
  public void encode(List<? extends @Nullable Object> cells, float[] sample) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row needs %s cells, one for each column, but has %s"
              .formatted(columns.size(), cells.size()));
    }
    for (int i = 0; i < offsets.length - 1; i++) {
      Column column = columns.get(i);
      int at = offsets[i];
      Object cell = cells.get(i);
      boolean lacks = isMissing(cell);
      if (lacks) {
        column.encodeMissing(sample, at);
      } else {
        column.encode(Objects.requireNonNull(cell), sample, at);
      }
      if (column.mayBeMissing()) {
        sample[at + column.values()] = lacks ? 1 : 0;
      }
    }
  }

  /**
   * Turns a sample, or a reconstruction of one, into a row.
   *
   * @param sample {@link #width()} values
   * @return cells by name, without those that are left out: {@link Double} for numbers, text for
   *     dates, categories and two values; null where the mark of a missing one is above one half,
   *     which it never is in a reconstruction
   * @throws IllegalArgumentException if it has another length
   */
  public Map<String, @Nullable Object> decode(float[] sample) {
    if (sample.length != width()) {
      throw new IllegalArgumentException(
          "a sample of this schema has %s values, but got %s".formatted(width(), sample.length));
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      int at = offsets[i];
      if (column.width() > 0) {
        boolean lacks = column.mayBeMissing() && sample[at + column.values()] > 0.5f;
        row.put(column.name(), lacks ? null : column.decode(sample, at));
      }
    }
    return row;
  }

  /**
   * Lists what was decided about each column.
   *
   * @return a table of a line for each, and one for what they add up to
   */
  public String describe() {
    int widest = 6;
    for (Column column : columns) {
      widest = Math.max(widest, ColumnRules.shorten(column.name()).length());
    }
    String line = "%-" + widest + "s  %-8s  %6s  %-7s  %s%n";
    StringBuilder text =
        new StringBuilder(
            String.format(Locale.ROOT, line, "column", "kind", "values", "missing", "learnt"));
    for (Column column : columns) {
      text.append(
          String.format(
              Locale.ROOT,
              line,
              ColumnRules.shorten(column.name()),
              column.kind(),
              column.width(),
              column.mayBeMissing() ? "yes" : "no",
              column.describe()));
    }
    return text.append(String.format(Locale.ROOT, "%s%n", this)).toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TableSchema schema
        && columns.equals(schema.columns)
        && missing.equals(schema.missing);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  /**
   * The schema in a few words.
   *
   * @return how many columns there are of each kind
   */
  @Override
  public String toString() {
    Map<String, Integer> kinds = new LinkedHashMap<>();
    columns.forEach(column -> kinds.merge(column.kind(), 1, Integer::sum));
    return String.format(
        Locale.ROOT, "%,d columns, %,d values a row: %s", columns.size(), width(), kinds);
  }
}
