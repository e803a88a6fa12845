package io.github.autoencoder4j.datasets.internal.table;

import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows that lie in memory. */
public final class MemoryFeed implements RowFeed {

  private final List<String> names;
  private final int size;
  private final IntFunction<List<? extends @Nullable Object>> rows;

  private MemoryFeed(
      List<String> names, int size, IntFunction<List<? extends @Nullable Object>> rows) {
    this.names = names;
    this.size = size;
    this.rows = rows;
  }

  /**
   * Rows by the names of their cells.
   *
   * @param rows not copied
   * @return with every name that occurs, in the order in which they do
   */
  public static RowFeed of(List<? extends Map<String, ?>> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    if (names.contains("")) {
      throw new UnusableDataException("a row has a cell without a name; give each column one");
    }
    return new MemoryFeed(
        List.copyOf(names),
        rows.size(),
        i -> {
          List<@Nullable Object> cells = new ArrayList<>();
          names.forEach(name -> cells.add(rows.get(i).get(name)));
          return cells;
        });
  }

  /**
   * Rows of numbers.
   *
   * @param rows not copied; NaN is missing
   * @param names one for each column
   * @return the rows
   */
  public static RowFeed of(float[][] rows, List<String> names) {
    return new MemoryFeed(
        names,
        rows.length,
        i -> {
          List<Object> cells = new ArrayList<>(rows[i].length);
          for (float value : rows[i]) {
            cells.add(value);
          }
          return Collections.unmodifiableList(cells);
        });
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public void read(Receiver receiver) throws IOException {
    for (int i = 0; i < size; i++) {
      List<? extends @Nullable Object> cells = rows.apply(i);
      if (cells.size() == names.size()) {
        receiver.row(i + 1L, cells);
      } else {
        receiver.broken(i + 1L, CsvFeed.ragged(cells.size(), names.size()));
      }
    }
  }
}
