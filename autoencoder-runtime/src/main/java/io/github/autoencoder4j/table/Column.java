package io.github.autoencoder4j.table;

import io.github.autoencoder4j.exception.UnusableDataException;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table: what it is, and what was learnt of it from the rows of training.
 *
 * <p>A cell takes {@link #values()} places of a sample. A column that had missing cells in training
 * has one place more, the mark, which is 1 where a cell is missing and else 0. The other places of
 * a missing cell hold what says least: 0, the centre, for numbers, zeros for categories, one half
 * for two values. So no place of a sample is ever NaN.
 */
public sealed interface Column
    permits NumberColumn, DateColumn, BinaryColumn, CategoryColumn, LeftOutColumn {

  /** The most characters of a name. */
  int LONGEST_NAME = 1000;

  /**
   * The name in the first line of the file.
   *
   * @return up to {@link #LONGEST_NAME} characters, at least 1
   */
  String name();

  /**
   * Whether cells were missing in training.
   *
   * @return true if there is a mark for those that are
   */
  boolean mayBeMissing();

  /**
   * How many places a cell takes, but for the mark.
   *
   * @return 0 for a column that is left out
   */
  int values();

  /**
   * How many places of a sample the column takes.
   *
   * @return {@link #values()}, and 1 for the mark if there is one
   */
  default int width() {
    return values() + (mayBeMissing() ? 1 : 0);
  }

  /**
   * The kind in a word.
   *
   * @return for example {@code "number"}
   */
  String kind();

  /**
   * What was learnt, in a few words.
   *
   * @return for example {@code "mean 35.1, spread 12.2"}
   */
  String describe();

  /**
   * Writes a cell that is not missing into its places.
   *
   * @param cell text, or an object of the column's kind
   * @param sample receives {@link #values()} values
   * @param at where the first goes
   * @throws UnusableDataException if the cell is of another kind; the message names column, value
   *     and rule
   */
  void encode(Object cell, float[] sample, int at);

  /**
   * Writes what says least into the places of a missing cell.
   *
   * @param sample receives {@link #values()} values
   * @param at where the first goes
   */
  default void encodeMissing(float[] sample, int at) {
    for (int i = 0; i < values(); i++) {
      sample[at + i] = 0;
    }
  }

  /**
   * Reads a cell from its places.
   *
   * @param sample a sample, or a reconstruction of one
   * @param at where the first value of the column is
   * @return a {@link Double} for numbers, else text; null for a column that is left out
   */
  @Nullable Object decode(float[] sample, int at);
}
