package io.github.autoencoder4j.datasets.internal.table;

import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.DateColumn;
import io.github.autoencoder4j.table.NumberColumn;
import java.time.LocalDate;
import java.time.temporal.TemporalAccessor;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the cells of one column look like: the first pass over a table. */
final class Survey {

  /** So many cells of a hundred must be numbers; rows with others are left out. */
  private static final double NUMBERS = 0.95;

  /** Fewer rows do not show that a column counts them. */
  private static final int FEW = 20;

  /** Pairs of words for yes and no; the first in the order of the alphabet is 0. */
  private static final Set<Set<String>> PAIRS =
      Set.of(
          Set.of("0", "1"),
          Set.of("true", "false"),
          Set.of("yes", "no"),
          Set.of("y", "n"),
          Set.of("t", "f"));

  private static final String TIME = "uuuu-MM-dd'T'HH:mm:ss";

  private static final List<String> PATTERNS =
      List.of(
          "uuuu-MM-dd",
          "uuuu-MM-dd HH:mm:ss",
          TIME,
          "uuuu-MM-dd HH:mm",
          "uuuu-MM-dd'T'HH:mm",
          "uuuu-MM-dd'T'HH:mm:ssX",
          "dd.MM.uuuu",
          "dd.MM.uuuu HH:mm",
          "dd.MM.uuuu HH:mm:ss",
          "dd/MM/uuuu",
          "MM/dd/uuuu");

  private static final List<Function<String, OptionalDouble>> PARSERS =
      PATTERNS.stream().map(DateColumn::parser).toList();

  private final String name;

  /** The patterns that all cells so far are of. */
  private final BitSet patterns = new BitSet();

  private final Set<String> values = new LinkedHashSet<>();
  private long present;
  private long missing;
  private long numbers;
  private long pointLine;
  private long commaLine;
  private String point = "";
  private String comma = "";
  private long times;
  private boolean counts = true;
  private double last = Double.NaN;

  Survey(String name) {
    this.name = name;
    patterns.set(0, PATTERNS.size());
  }

  void addMissing() {
    missing++;
  }

  void add(long line, Object cell) {
    present++;
    if (values.size() < 3) {
      values.add(CategoryColumn.valueOf(cell));
    }
    if (cell instanceof Number number) {
      addNumber(number.doubleValue());
      patterns.clear();
      return;
    }
    String text = cell.toString();
    OptionalDouble withPoint = NumberColumn.parse(text, false);
    OptionalDouble withComma = NumberColumn.parse(text, true);
    if (withPoint.isPresent() || withComma.isPresent()) {
      if (withComma.isEmpty() && pointLine == 0) {
        pointLine = line;
        point = text.strip();
      }
      if (withPoint.isEmpty() && commaLine == 0) {
        commaLine = line;
        comma = text.strip();
      }
      addNumber(withPoint.orElseGet(withComma::getAsDouble));
      patterns.clear();
      return;
    }
    counts = false;
    times += cell instanceof TemporalAccessor && !(cell instanceof LocalDate) ? 1 : 0;
    for (int i = patterns.nextSetBit(0); i >= 0; i = patterns.nextSetBit(i + 1)) {
      patterns.set(i, PARSERS.get(i).apply(text).isPresent());
    }
  }

  private void addNumber(double number) {
    numbers++;
    counts &= number == Math.rint(number) && (present == 1 || number == last + 1);
    last = number;
  }

  boolean hasMissing() {
    return missing > 0;
  }

  /**
   * Says whether numbers are like {@code 1,5}.
   *
   * @param asked what the caller says; null if nothing
   * @throws UnusableDataException if both ways of writing occur
   */
  boolean decimalComma(@Nullable Boolean asked) {
    if (asked != null) {
      return asked;
    }
    if (commaLine > 0 && pointLine > 0) {
      throw new UnusableDataException(
          "column \"%s\" mixes numbers like \"%s\" (line %s) and \"%s\" (line %s); say decimalComma(true) or decimalComma(false) to leave out the rows of the others"
              .formatted(name, point, pointLine, comma, commaLine));
    }
    return commaLine > 0;
  }

  /**
   * Says what the column is.
   *
   * @param asked what the caller says it is; null if nothing
   * @return the kind, and the pattern of a date
   */
  Wish kind(@Nullable Wish asked) {
    if (asked != null) {
      return asked;
    }
    if (present == 0) {
      return Wish.of(Wish.Kind.EMPTY);
    }
    if (values.size() == 1) {
      // Whether it is there may say something.
      return Wish.of(missing == 0 ? Wish.Kind.CONSTANT : Wish.Kind.CATEGORY);
    }
    if (values.size() == 2 && isPair()) {
      return Wish.of(Wish.Kind.BINARY);
    }
    if (numbers >= NUMBERS * present) {
      boolean rowNumber = counts && missing == 0 && present >= FEW;
      return Wish.of(rowNumber ? Wish.Kind.IDENTIFIER : Wish.Kind.NUMBER);
    }
    if (times == present) {
      return Wish.date(TIME);
    }
    return patterns.isEmpty()
        ? Wish.of(Wish.Kind.CATEGORY)
        : Wish.date(PATTERNS.get(patterns.nextSetBit(0)));
  }

  /** Whether day and month could be the other way round. */
  boolean isAmbiguous() {
    return present > 0 && patterns.cardinality() > 1;
  }

  private boolean isPair() {
    Set<String> small = new LinkedHashSet<>();
    values.forEach(value -> small.add(value.toLowerCase(Locale.ROOT)));
    return PAIRS.contains(small);
  }
}
