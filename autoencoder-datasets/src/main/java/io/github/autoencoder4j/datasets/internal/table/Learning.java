package io.github.autoencoder4j.datasets.internal.table;

import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns the columns of a table in two passes over its rows: what each is, then what it amounts to.
 *
 * @param wishes what the caller says columns are, by name
 * @param methods how the numbers of columns are scaled, by name
 * @param method of all other columns
 * @param mayBeMissing columns whose cells may be missing later, though none is now
 * @param missing texts that stand for a missing value
 * @param decimalComma whether numbers are like {@code 1,5}; null to find out
 * @param mostListed how many values of a category have a place of their own
 */
public record Learning(
    Map<String, Wish> wishes,
    Map<String, ScalingMethod> methods,
    ScalingMethod method,
    Set<String> mayBeMissing,
    Set<String> missing,
    @Nullable Boolean decimalComma,
    int mostListed) {

  /** What all columns together may remember of their numbers, and of their values. */
  private static final int ROOM = 1 << 21;

  /**
   * Reads a table twice.
   *
   * @param feed the table
   * @param notes takes what there is to say
   * @return its columns
   * @throws IOException if it cannot be read
   * @throws UnusableDataException if it has no rows, or a column mixes two ways to write numbers
   */
  public TableSchema learn(RowFeed feed, List<String> notes) throws IOException {
    List<Survey> surveys = feed.names().stream().map(Survey::new).toList();
    boolean[] any = new boolean[1];
    feed.read(
        new GoodRows() {
          @Override
          public void row(long line, List<? extends @Nullable Object> cells) {
            any[0] = true;
            for (int i = 0; i < cells.size(); i++) {
              Object cell = cells.get(i);
              if (cell == null || TableSchema.isMissing(cell, missing)) {
                surveys.get(i).addMissing();
              } else {
                surveys.get(i).add(line, cell);
              }
            }
          }
        });
    if (!any[0]) {
      throw new UnusableDataException(
          "there is no row with %s cells, so nothing can be learnt about the %s columns"
              .formatted(feed.names().size(), feed.names().size()));
    }
    List<Statistics> statistics = statistics(feed.names(), surveys, notes);
    feed.read(
        new GoodRows() {
          @Override
          public void row(long line, List<? extends @Nullable Object> cells) {
            if (areUsable(cells, statistics)) {
              for (int i = 0; i < cells.size(); i++) {
                Object cell = cells.get(i);
                if (cell != null && !TableSchema.isMissing(cell, missing)) {
                  statistics.get(i).add(cell);
                }
              }
            }
          }
        });
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      String name = feed.names().get(i);
      columns.add(
          statistics
              .get(i)
              .column(methods.getOrDefault(name, method), wishes.containsKey(name), mostListed));
    }
    try {
      return new TableSchema(columns, missing);
    } catch (IllegalArgumentException e) {
      throw new UnusableDataException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<Statistics> statistics(
      List<String> names, List<Survey> surveys, List<String> notes) {
    List<Statistics> statistics = new ArrayList<>();
    int room = Math.max(200, ROOM / names.size());
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Survey survey = surveys.get(i);
      Wish wish = survey.kind(wishes.get(name));
      if (wish.kind() == Wish.Kind.DATE && !wishes.containsKey(name) && survey.isAmbiguous()) {
        notes.add(
            "The dates of column \"%s\" were taken for %s, but month and day could be the other way round; date(...) says which."
                .formatted(name, wish.pattern()));
      }
      statistics.add(
          new Statistics(
              name,
              wish,
              wish.kind() == Wish.Kind.NUMBER && survey.decimalComma(decimalComma),
              survey.hasMissing() || mayBeMissing.contains(name),
              room));
    }
    return statistics;
  }

  private boolean areUsable(List<? extends @Nullable Object> cells, List<Statistics> statistics) {
    try {
      for (int i = 0; i < cells.size(); i++) {
        Object cell = cells.get(i);
        if (cell != null && !TableSchema.isMissing(cell, missing)) {
          statistics.get(i).check(cell);
        }
      }
      return true;
    } catch (UnusableDataException e) {
      // The pass that makes samples lists it.
      return false;
    }
  }

  /** Rows with a cell for each column; the pass that makes samples lists the others. */
  private abstract static class GoodRows implements RowFeed.Receiver {

    @Override
    public void broken(long line, String reason) {
      // Nothing can be learnt from it.
    }
  }
}
