package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.datasets.internal.table.CsvFeed;
import io.github.autoencoder4j.datasets.internal.table.Learning;
import io.github.autoencoder4j.datasets.internal.table.MemoryFeed;
import io.github.autoencoder4j.datasets.internal.table.RowFeed;
import io.github.autoencoder4j.datasets.internal.table.ScalingMethod;
import io.github.autoencoder4j.datasets.internal.table.Wish;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.DateColumn;
import io.github.autoencoder4j.table.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables: finds out what their columns are, and turns rows into samples. Charset, delimiter,
 * decimal comma and the kinds of columns are found and told, and whatever is found may be said.
 *
 * <pre>{@code
 * Table payments = Tables.from(Path.of("payments.csv")).leaveOut("customer").read();
 * System.out.println(payments.describe());
 * Autoencoder autoencoder = Autoencoder.dense().columns(payments.schema()).build();
 * autoencoder.fit(payments, Training.epochs(30));
 *
 * Table today = Tables.from(Path.of("today.csv")).read(autoencoder.columns().orElseThrow());
 * }</pre>
 *
 * <p>A file may be gzipped. It is read as often as it takes: twice to learn its columns, once to
 * make samples; only the samples stay in memory, or, {@link #packed}, not even these. A cell is
 * missing if it is empty or one of {@link TableSchema#MISSING}. A row with too few or too many
 * cells, or with a cell that its column cannot have, is left out, counted and listed.
 *
 * <p>Not safe for several threads.
 */
public final class Tables {

  /** How many of the rows that are left out are listed. */
  public static final int MOST_LISTED = 1000;

  private static final int USUAL_CATEGORIES = 100;

  private final @Nullable Path file;
  private final @Nullable RowFeed memory;
  private @Nullable Charset charset;
  private @Nullable Character delimiter;
  private char quote = '"';
  private @Nullable Boolean header;
  private @Nullable Boolean decimalComma;
  private final Map<String, Wish> wishes = new LinkedHashMap<>();
  private final Map<String, ScalingMethod> methods = new HashMap<>();
  private ScalingMethod method = ScalingMethod.STANDARD;
  private final Set<String> mayBeMissing = new LinkedHashSet<>();
  private Set<String> missing = TableSchema.MISSING;
  private int mostCategories = USUAL_CATEGORIES;
  private @Nullable Path packed;

  private Tables(@Nullable Path file, @Nullable RowFeed memory) {
    this.file = file;
    this.memory = memory;
  }

  /**
   * Reads a file of comma-separated values.
   *
   * @param file plain or gzipped; opened by what reads it
   * @return a reader with everything to be found out
   */
  public static Tables from(Path file) {
    return new Tables(Objects.requireNonNull(file, "file"), null);
  }

  /**
   * Reads rows in memory.
   *
   * @param rows cells by name: text, numbers, truth values, dates of {@code java.time}; what is not
   *     there or null is missing. Not copied
   * @return a reader with everything to be found out
   * @throws UnusableDataException if a name is empty
   */
  public static Tables of(List<? extends Map<String, ?>> rows) {
    return new Tables(null, MemoryFeed.of(rows));
  }

  /**
   * Reads rows of numbers in memory.
   *
   * @param rows {@code float[n][columns]}; NaN is missing. Not copied
   * @param names one for each column; none for {@code column 1} and so on
   * @return a reader with everything to be found out
   * @throws IllegalArgumentException if there are no rows and no names, or a name is empty or there
   *     twice
   */
  public static Tables of(float[][] rows, String... names) {
    int columns = names.length > 0 || rows.length == 0 ? names.length : rows[0].length;
    List<String> all =
        names.length > 0
            ? List.of(names)
            : IntStream.rangeClosed(1, columns).mapToObj(i -> "column " + i).toList();
    if (all.isEmpty() || all.contains("") || new HashSet<>(all).size() < all.size()) {
      throw new IllegalArgumentException(
          "each column needs a name of its own, but they are " + all);
    }
    return new Tables(null, MemoryFeed.of(rows, all));
  }

  /**
   * Says how letters are stored. Left out, it is UTF-8 or UTF-16 if the file says so by its first
   * bytes, UTF-8 if all of it can be read as that, else Latin-1, which is told.
   *
   * @param charset of the file
   * @return this reader
   */
  public Tables charset(Charset charset) {
    this.charset = Objects.requireNonNull(charset, "charset");
    return this;
  }

  /**
   * Says what stands between cells. Left out, it is the one of comma, semicolon, tab and bar that
   * cuts the first lines into the same number of cells.
   *
   * @param delimiter no line end
   * @return this reader
   */
  public Tables delimiter(char delimiter) {
    this.delimiter = delimiter;
    return this;
  }

  /**
   * Says what stands around cells that hold a delimiter, a line end, or, doubled, itself.
   *
   * @param quote a double quote unless said
   * @return this reader
   */
  public Tables quote(char quote) {
    this.quote = quote;
    return this;
  }

  /**
   * Says whether the first line has the names of the columns. Left out, it must, and is refused if
   * it has numbers only. Columns without names are called {@code column 1} and so on.
   *
   * @param there false if it is a row like others
   * @return this reader
   */
  public Tables header(boolean there) {
    this.header = there;
    return this;
  }

  /**
   * Says how numbers are written. Left out, it is found for each column, and a column with both is
   * refused.
   *
   * @param comma true for {@code 1,5}, false for {@code 1.5}
   * @return this reader
   */
  public Tables decimalComma(boolean comma) {
    this.decimalComma = comma;
    return this;
  }

  /**
   * Says which texts stand for a missing value, in place of {@link TableSchema#MISSING}; an empty
   * cell always does.
   *
   * @param texts in capitals or small letters
   * @return this reader
   */
  public Tables missing(String... texts) {
    Set<String> all = new LinkedHashSet<>(Set.of(""));
    for (String text : texts) {
      all.add(text.strip().toLowerCase(Locale.ROOT));
    }
    this.missing = all;
    return this;
  }

  /**
   * Says that columns are numbers.
   *
   * @param columns their names
   * @return this reader
   */
  public Tables number(String... columns) {
    return wish(Wish.of(Wish.Kind.NUMBER), columns);
  }

  /**
   * Says that columns are categories, whatever their values look like.
   *
   * @param columns their names
   * @return this reader
   */
  public Tables category(String... columns) {
    return wish(Wish.of(Wish.Kind.CATEGORY), columns);
  }

  /**
   * Says that a column is of dates.
   *
   * @param column its name
   * @param pattern of {@link java.time.format.DateTimeFormatter}, such as {@code dd.MM.uuuu HH:mm}
   * @return this reader
   * @throws IllegalArgumentException if the pattern names no date
   */
  public Tables date(String column, String pattern) {
    DateColumn.requirePattern(pattern);
    return wish(Wish.date(pattern), column);
  }

  /**
   * Leaves columns out of samples.
   *
   * @param columns their names
   * @return this reader
   */
  public Tables leaveOut(String... columns) {
    return wish(Wish.of(Wish.Kind.LEFT_OUT), columns);
  }

  private Tables wish(Wish wish, String... columns) {
    for (String column : columns) {
      wishes.put(column, wish);
    }
    return this;
  }

  /**
   * Scales numbers by median and middle half, which a few wild ones do not move, and judges them by
   * the loss of Huber, {@link io.github.autoencoder4j.table.Scaling#robust}.
   *
   * @param columns their names; none for all of which nothing else is said
   * @return this reader
   */
  public Tables robust(String... columns) {
    return scale(ScalingMethod.ROBUST, columns);
  }

  /**
   * Scales numbers by their distribution, {@link io.github.autoencoder4j.table.Scaling#quantile}.
   * The quantiles are those of 20,000 rows drawn from all, fewer where there are more than a
   * hundred columns.
   *
   * @param columns their names; none for all of which nothing else is said
   * @return this reader
   */
  public Tables quantiles(String... columns) {
    return scale(ScalingMethod.QUANTILE, columns);
  }

  private Tables scale(ScalingMethod wanted, String... columns) {
    if (columns.length == 0) {
      method = wanted;
    }
    for (String column : columns) {
      methods.put(column, wanted);
    }
    return this;
  }

  /**
   * Says that cells may be missing later, so that there is a place to mark them, though none is
   * now.
   *
   * @param columns their names
   * @return this reader
   */
  public Tables mayBeMissing(String... columns) {
    mayBeMissing.addAll(List.of(columns));
    return this;
  }

  /**
   * Says how many values of a category have a place of their own, the most frequent first; all
   * others share one.
   *
   * @param most from 1 to {@link CategoryColumn#MOST_VALUES}; 100 unless said
   * @return this reader
   * @throws IllegalArgumentException if it is not
   */
  public Tables mostCategories(int most) {
    if (most < 1 || most > CategoryColumn.MOST_VALUES) {
      throw new IllegalArgumentException(
          "a category has from 1 to %s values with a place of their own, not %s"
              .formatted(CategoryColumn.MOST_VALUES, most));
    }
    this.mostCategories = most;
    return this;
  }

  /**
   * Keeps samples in a file in place of memory, four bytes for each value, for tables of any size.
   *
   * @param file replaced if it is there; must stay as it is while the table is used
   * @return this reader
   */
  public Tables packed(Path file) {
    this.packed = Objects.requireNonNull(file, "file");
    return this;
  }

  /**
   * Finds out what the columns are, and reads the rows: for training.
   *
   * @return the table, with what was learnt
   * @throws UncheckedIOException if the file cannot be read
   * @throws UnusableDataException if it is empty, its header names two columns alike, a column
   *     mixes two ways to write numbers, quotes do not match, no column or no row is left, or the
   *     rows do not fit into memory
   * @throws IllegalArgumentException if something was said about a column that is not there
   */
  public Table read() {
    return read(
        (feed, notes) -> {
          requireKnown(feed.names());
          return new Learning(
                  wishes, methods, method, mayBeMissing, missing, decimalComma, mostCategories)
              .learn(feed, notes);
        });
  }

  private void requireKnown(List<String> names) {
    Set<String> unknown = new LinkedHashSet<>(wishes.keySet());
    unknown.addAll(methods.keySet());
    unknown.addAll(mayBeMissing);
    unknown.removeAll(Set.copyOf(names));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "something was said about columns that the table does not have: %s; it has %s"
              .formatted(unknown, names.size() > 20 ? names.size() + " others" : names));
    }
  }

  /**
   * Reads the rows of a table by what was learnt from another: for scoring. Columns are found by
   * name, in whatever order; what was said about columns does not matter.
   *
   * @param schema of a model
   * @return the table
   * @throws UncheckedIOException if the file cannot be read
   * @throws UnusableDataException if columns are missing that the model needs, the message names
   *     them and those it does not know; or the file is empty, its header names two columns alike,
   *     quotes do not match, no row is left, or the rows do not fit into memory
   */
  public Table read(TableSchema schema) {
    Objects.requireNonNull(schema, "schema");
    return read((feed, notes) -> schema);
  }

  /** How the columns become known. */
  @FunctionalInterface
  private interface Source {
    TableSchema of(RowFeed feed, List<String> notes) throws IOException;
  }

  private Table read(Source source) {
    try {
      RowFeed feed =
          memory != null
              ? memory
              : new CsvFeed(
                  Objects.requireNonNull(file),
                  new CsvFeed.Style(charset, delimiter, quote, header));
      List<String> notes = new ArrayList<>(feed.notes());
      return new TableReader(feed, source.of(feed, notes)).read(packed, notes);
    } catch (IOException e) {
      throw new UncheckedIOException("the table %s cannot be read: %s".formatted(file, e), e);
    }
  }
}
