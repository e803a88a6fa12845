package io.github.autoencoder4j.datasets.internal.table;

import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.table.BinaryColumn;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.DateColumn;
import io.github.autoencoder4j.table.LeftOutColumn;
import io.github.autoencoder4j.table.LeftOutColumn.Reason;
import io.github.autoencoder4j.table.NumberColumn;
import io.github.autoencoder4j.table.Scaling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the cells of one column amount to: the second pass over a table. */
final class Statistics {

  /** Of a column all but so many of whose values are different no value says anything. */
  private static final double IDENTIFIER = 0.9;

  private static final int FEW = 20;

  /** From the range of the middle half of a normal distribution to its standard deviation. */
  private static final double MIDDLE_HALF = 1.3489795003921634;

  private static final int QUANTILES = 101;

  private static final Scaling ANY = Scaling.standard(0, 1);

  private final String name;
  private final Wish wish;
  private final boolean decimalComma;
  private final boolean mayBeMissing;

  /** Of the numbers, each as likely as any other. */
  private final double[] sample;

  private final RandomStream random;
  private final int mostValues;
  private final Map<String, long[]> values = new HashMap<>();
  private final Column reader;
  private long count;
  private long listedAmong;
  private double mean;
  private double squares;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  /**
   * Starts without cells.
   *
   * @param room how many numbers, or different values, may be remembered
   */
  Statistics(String name, Wish wish, boolean decimalComma, boolean mayBeMissing, int room) {
    this.name = name;
    this.wish = wish;
    this.decimalComma = decimalComma;
    this.mayBeMissing = mayBeMissing;
    this.mostValues = room;
    this.random = RandomStream.of(1, "quantiles of " + name);
    boolean numbers = wish.kind() == Wish.Kind.NUMBER || wish.kind() == Wish.Kind.DATE;
    this.sample = new double[numbers ? Math.min(room, 20_000) : 0];
    this.reader =
        switch (wish.kind()) {
          case NUMBER -> new NumberColumn(name, decimalComma, ANY, false);
          case DATE -> new DateColumn(name, wish.pattern(), ANY, false);
          default -> new LeftOutColumn(name, Reason.CHOSEN);
        };
  }

  /** Refuses a cell that no column of this kind can have. */
  void check(Object cell) {
    if (reader.values() > 0) {
      number(cell);
    }
  }

  private double number(Object cell) {
    return reader instanceof DateColumn date
        ? date.seconds(cell)
        : ((NumberColumn) reader).number(cell);
  }

  void add(Object cell) {
    count++;
    if (reader.values() > 0) {
      addNumber(number(cell));
    } else if (wish.kind() == Wish.Kind.CATEGORY || wish.kind() == Wish.Kind.BINARY) {
      String value = CategoryColumn.valueOf(cell);
      if (values.size() < mostValues) {
        listedAmong = count;
        values.computeIfAbsent(value, v -> new long[1])[0]++;
      } else {
        values.computeIfPresent(
            value,
            (v, n) -> {
              n[0]++;
              return n;
            });
      }
    }
  }

  private void addNumber(double x) {
    // Welford, Technometrics 1962.
    double before = x - mean;
    mean += before / count;
    squares += before * (x - mean);
    least = Math.min(least, x);
    greatest = Math.max(greatest, x);
    if (count <= sample.length) {
      sample[(int) count - 1] = x;
    } else {
      int place = random.nextInt((int) Math.min(count, Integer.MAX_VALUE));
      if (place < sample.length) {
        sample[place] = x;
      }
    }
  }

  /**
   * Makes the column.
   *
   * @param method how numbers are scaled
   * @param asked whether the caller said what it is
   * @param mostListed how many values of a category have a place of their own
   */
  Column column(ScalingMethod method, boolean asked, int mostListed) {
    return switch (wish.kind()) {
      case NUMBER ->
          greatest > least
              ? new NumberColumn(name, decimalComma, scaling(method), mayBeMissing)
              : new LeftOutColumn(name, count == 0 ? Reason.EMPTY : Reason.CONSTANT);
      case DATE ->
          greatest > least
              ? new DateColumn(name, wish.pattern(), scaling(method), mayBeMissing)
              : new LeftOutColumn(name, count == 0 ? Reason.EMPTY : Reason.CONSTANT);
      case BINARY -> binary();
      case CATEGORY ->
          !asked && count >= FEW && values.size() > IDENTIFIER * listedAmong
              ? new LeftOutColumn(name, Reason.IDENTIFIER)
              : new CategoryColumn(name, listed(mostListed), mayBeMissing);
      case CONSTANT -> new LeftOutColumn(name, Reason.CONSTANT);
      case EMPTY -> new LeftOutColumn(name, Reason.EMPTY);
      case IDENTIFIER -> new LeftOutColumn(name, Reason.IDENTIFIER);
      case LEFT_OUT -> new LeftOutColumn(name, Reason.CHOSEN);
    };
  }

  private Column binary() {
    List<String> two = values.keySet().stream().sorted().toList();
    return two.size() == 2
        ? new BinaryColumn(name, two.get(0), two.get(1), mayBeMissing)
        : new CategoryColumn(name, two, mayBeMissing);
  }

  private List<String> listed(int most) {
    return values.entrySet().stream()
        .filter(
            entry ->
                entry.getKey().length() <= CategoryColumn.LONGEST_VALUE
                    && !entry.getKey().equals(CategoryColumn.OTHER))
        .sorted(
            Comparator.comparingLong((Map.Entry<String, long[]> entry) -> -entry.getValue()[0])
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Scaling scaling(ScalingMethod method) {
    double[] sorted = Arrays.copyOf(sample, (int) Math.min(count, sample.length));
    Arrays.sort(sorted);
    double half = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    double deviation = Math.sqrt(squares / count);
    if (method == ScalingMethod.ROBUST && half > 0) {
      return Scaling.robust(quantile(sorted, 0.5), half / MIDDLE_HALF);
    }
    if (method == ScalingMethod.QUANTILE) {
      double[] quantiles = new double[QUANTILES];
      for (int i = 0; i < QUANTILES; i++) {
        quantiles[i] = quantile(sorted, i / (QUANTILES - 1.0));
      }
      quantiles[0] = least;
      quantiles[QUANTILES - 1] = greatest;
      return Scaling.quantile(quantiles);
    }
    // Half of all numbers the same have no range.
    return Scaling.standard(mean, deviation > 0 ? deviation : greatest - least);
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int low = (int) place;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
  }
}
