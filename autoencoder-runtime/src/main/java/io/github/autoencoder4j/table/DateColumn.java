package io.github.autoencoder4j.table;

import io.github.autoencoder4j.exception.UnusableDataException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A column of dates, with or without time. It takes one place: the seconds since 1970-01-01 UTC,
 * scaled. Where the text names no offset, it is taken for UTC.
 *
 * @param name in the first line of the file
 * @param pattern of {@link DateTimeFormatter}, such as {@code uuuu-MM-dd HH:mm:ss}
 * @param scaling how seconds become values about 0
 * @param mayBeMissing whether cells were missing in training
 */
public record DateColumn(String name, String pattern, Scaling scaling, boolean mayBeMissing)
    implements Column {

  private static final int LONGEST_PATTERN = 64;
  private static final long DAY = 86_400;

  /** To make one takes longer than to read a date by it. */
  private static final Map<String, DateTimeFormatter> FORMATTERS = new ConcurrentHashMap<>();

  private static final int MOST_FORMATTERS = 100;

  /**
   * Checks the pattern.
   *
   * @param name in the first line of the file
   * @param pattern of {@link DateTimeFormatter}
   * @param scaling how seconds become values about 0
   * @param mayBeMissing whether cells were missing in training
   * @throws IllegalArgumentException if the name is empty or too long, or the pattern names no date
   */
  public DateColumn {
    ColumnRules.requireName(name);
    Objects.requireNonNull(scaling, "scaling");
    requirePattern(pattern);
  }

  /**
   * Checks that dates can be written by a pattern and read again.
   *
   * @param pattern of {@link DateTimeFormatter}
   * @throws IllegalArgumentException if they cannot
   */
  public static void requirePattern(String pattern) {
    try {
      if (pattern.length() <= LONGEST_PATTERN
          && seconds(format(DAY, pattern), formatter(pattern)).isPresent()) {
        return;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // The same message as for a pattern without a date.
    }
    throw new IllegalArgumentException(
        "a pattern of dates must name year, month and day, like uuuu-MM-dd or dd.MM.uuuu HH:mm:ss, with uuuu for the year, but was \"%s\""
            .formatted(ColumnRules.shorten(pattern)));
  }

  private static DateTimeFormatter formatter(String pattern) {
    DateTimeFormatter known = FORMATTERS.get(pattern);
    if (known == null) {
      known =
          DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
      if (FORMATTERS.size() >= MOST_FORMATTERS) {
        FORMATTERS.clear();
      }
      FORMATTERS.put(pattern, known);
    }
    return known;
  }

  private static String format(long seconds, String pattern) {
    return OffsetDateTime.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC)
        .format(formatter(pattern));
  }

  private static OptionalDouble seconds(String text, DateTimeFormatter formatter) {
    try {
      return OptionalDouble.of(
          seconds(
              formatter.parseBest(
                  text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  private static double seconds(TemporalAccessor date) {
    if (date instanceof LocalDate day) {
      return day.toEpochDay() * (double) DAY;
    }
    Instant instant =
        date instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(date);
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }

  /**
   * Returns what reads dates.
   *
   * @param pattern of {@link DateTimeFormatter}
   * @return from text to the seconds since 1970-01-01 UTC; empty if it is no such date
   */
  public static Function<String, OptionalDouble> parser(String pattern) {
    DateTimeFormatter formatter = formatter(pattern);
    return text -> seconds(text, formatter);
  }

  /**
   * Takes a cell for a date.
   *
   * @param cell text of the pattern, or a date of {@code java.time}
   * @return the seconds since 1970-01-01 UTC
   * @throws UnusableDataException if it is none
   */
  public double seconds(Object cell) {
    if (cell instanceof TemporalAccessor date) {
      try {
        return seconds(date);
      } catch (DateTimeException e) {
        throw ColumnRules.unusable(
            name, cell, "is no point in time: give a LocalDate or an Instant");
      }
    }
    return seconds(cell.toString(), formatter(pattern))
        .orElseThrow(
            () -> ColumnRules.unusable(name, cell, "is no date of the pattern " + pattern));
  }

  @Override
  public int values() {
    return 1;
  }

  @Override
  public String kind() {
    return "date";
  }

  @Override
  public String describe() {
    if (scaling instanceof Scaling.Standard standard) {
      return String.format(
          Locale.ROOT,
          "%s, mean %s, spread %.4g days",
          pattern,
          decode(new float[1], 0),
          standard.spread() / DAY);
    }
    return pattern + ", " + scaling.describe();
  }

  @Override
  public void encode(Object cell, float[] sample, int at) {
    sample[at] = (float) scaling.scale(seconds(cell));
  }

  /** Dates without time are rounded to the nearest day, others to the second. */
  @Override
  public String decode(float[] sample, int at) {
    // Years of up to nine digits, as Java has them.
    double seconds = Math.max(-3e16, Math.min(3e16, scaling.restore(sample[at])));
    boolean days = format(DAY / 2, pattern).equals(format(DAY / 2 + 3661, pattern));
    return format(days ? Math.round(seconds / DAY) * DAY : Math.round(seconds), pattern);
  }
}
