package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.datasets.internal.table.EncodedRows;
import io.github.autoencoder4j.datasets.internal.table.RowFeed;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns the rows of a table into samples by a schema, and keeps account of what is odd. */
final class TableReader {

  private final RowFeed feed;
  private final TableSchema schema;
  private final int[] places;
  private final long[] unexpectedlyMissing;
  private final long[] unlisted;
  private final List<LeftOutRow> leftOut = new ArrayList<>();
  private long leftOutCount;

  /**
   * Finds the columns.
   *
   * @throws UnusableDataException if one that samples need is not there
   */
  TableReader(RowFeed feed, TableSchema schema) {
    this.feed = feed;
    this.schema = schema;
    this.places = schema.find(feed.names());
    this.unexpectedlyMissing = new long[places.length];
    this.unlisted = new long[places.length];
  }

  /**
   * Reads all rows.
   *
   * @param packed where samples go; null for memory
   * @param notes what there is to say already
   */
  Table read(@Nullable Path packed, List<String> notes) throws IOException {
    EncodedRows rows =
        packed == null
            ? EncodedRows.inMemory(schema.width(), this::encode)
            : EncodedRows.packed(schema.width(), packed, this::encode);
    if (rows.size() == 0) {
      throw new UnusableDataException(
          leftOut.isEmpty()
              ? "the table has no rows"
              : "the table has no row that can be used; the first that was left out is "
                  + leftOut.get(0));
    }
    List<String> all = new ArrayList<>(notes);
    addNotes(all);
    return new Table(schema, rows, leftOut, leftOutCount, all);
  }

  /** May be asked again, from the start. */
  private void encode(EncodedRows.Sink sink) throws IOException {
    leftOut.clear();
    leftOutCount = 0;
    Arrays.fill(unexpectedlyMissing, 0);
    Arrays.fill(unlisted, 0);
    float[] sample = new float[schema.width()];
    List<@Nullable Object> ordered = Arrays.asList(new @Nullable Object[places.length]);
    feed.read(
        new RowFeed.Receiver() {
          @Override
          public void row(long line, List<? extends @Nullable Object> cells) throws IOException {
            for (int i = 0; i < places.length; i++) {
              ordered.set(i, places[i] < 0 ? null : cells.get(places[i]));
            }
            try {
              schema.encode(ordered, sample);
            } catch (UnusableDataException e) {
              broken(line, String.valueOf(e.getMessage()));
              return;
            }
            count(ordered);
            sink.take(line, sample);
          }

          @Override
          public void broken(long line, String reason) {
            leftOutCount++;
            if (leftOut.size() < Tables.MOST_LISTED) {
              leftOut.add(new LeftOutRow(line, reason));
            }
          }
        });
  }

  private void count(List<? extends @Nullable Object> cells) {
    for (int i = 0; i < places.length; i++) {
      Column column = schema.columns().get(i);
      Object cell = cells.get(i);
      if (cell == null || schema.isMissing(cell)) {
        unexpectedlyMissing[i] += column.width() > 0 && !column.mayBeMissing() ? 1 : 0;
      } else if (column instanceof CategoryColumn category && !category.lists(cell)) {
        unlisted[i]++;
      }
    }
  }

  private void addNotes(List<String> notes) {
    List<String> unknown = schema.unknown(feed.names());
    if (!unknown.isEmpty()) {
      notes.add(
          "%s columns are unknown to the schema and not used: %s."
              .formatted(
                  unknown.size(),
                  String.join(", ", unknown.subList(0, Math.min(10, unknown.size())))));
    }
    for (int i = 0; i < places.length; i++) {
      String name = schema.columns().get(i).name();
      if (unexpectedlyMissing[i] > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "Column \"%s\" has %,d missing cells, though none was missing in training; they were"
                    + " taken for its centre.",
                name,
                unexpectedlyMissing[i]));
      }
      if (unlisted[i] > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "Column \"%s\" has %,d cells whose values have no place of their own and share that"
                    + " of all others.",
                name,
                unlisted[i]));
      }
    }
  }
}
