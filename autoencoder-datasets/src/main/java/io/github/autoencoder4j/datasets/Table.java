package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.internal.table.EncodedRows;
import io.github.autoencoder4j.table.TableSchema;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rows of a table as samples, with what the reader has to say about it. {@link Tables} reads
 * one. A table does not change, and many threads may read it.
 */
public final class Table implements ImageSource {

  private final TableSchema schema;
  private final EncodedRows rows;
  private final List<LeftOutRow> leftOut;
  private final long leftOutCount;
  private final List<String> notes;

  Table(
      TableSchema schema,
      EncodedRows rows,
      List<LeftOutRow> leftOut,
      long leftOutCount,
      List<String> notes) {
    this.schema = schema;
    this.rows = rows;
    this.leftOut = List.copyOf(leftOut);
    this.leftOutCount = leftOutCount;
    this.notes = List.copyOf(notes);
  }

  /**
   * The columns, by which rows became samples.
   *
   * @return what was learnt, or what it was read by
   */
  public TableSchema schema() {
    return schema;
  }

  /**
   * Says where a row comes from.
   *
   * @param row from 0 to {@code size() - 1}
   * @return the line in which it begins in its file, from 1; for rows in memory its number, from 1
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public long line(int row) {
    return rows.line(row);
  }

  /**
   * The rows that gave no sample, up to the first {@value Tables#MOST_LISTED} of them.
   *
   * @return in the order of the file; immutable
   */
  public List<LeftOutRow> leftOut() {
    return leftOut;
  }

  /**
   * How many rows gave no sample.
   *
   * @return at least as many as are listed
   */
  public long leftOutCount() {
    return leftOutCount;
  }

  /**
   * What was found out on the way: another charset than UTF-8, columns that are of no use, values
   * that did not occur in training.
   *
   * @return sentences for people; immutable
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * Tells all of it: what was decided about each column, notes, and rows that were left out.
   *
   * @return several lines of text
   */
  public String describe() {
    StringBuilder text = new StringBuilder(schema.describe());
    text.append(String.format(Locale.ROOT, "%,d rows, %,d more left out%n", size(), leftOutCount));
    notes.forEach(note -> text.append(String.format(Locale.ROOT, "%s%n", note)));
    leftOut.stream()
        .limit(10)
        .forEach(row -> text.append(String.format(Locale.ROOT, "left out, %s%n", row)));
    return text.toString();
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public ImageShape shape() {
    return ImageShape.vector(schema.width());
  }

  /**
   * Gives what a model compares with its own columns.
   *
   * @return {@link #schema()}
   */
  @Override
  public Optional<TableSchema> columns() {
    return Optional.of(schema);
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    rows.read(index, destination, offset);
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    rows.read(index, destination);
  }

  /**
   * The table in a few words.
   *
   * @return how many rows and columns there are
   */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d rows of %s", size(), schema);
  }
}
