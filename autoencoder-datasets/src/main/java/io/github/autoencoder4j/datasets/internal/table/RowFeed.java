package io.github.autoencoder4j.datasets.internal.table;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table whose rows are read one after the other, as often as one likes. */
public interface RowFeed {

  /**
   * The names of the columns.
   *
   * @return all different and none empty, in the order of the cells
   */
  List<String> names();

  /**
   * What was found out about the table as a whole.
   *
   * @return sentences for people
   */
  List<String> notes();

  /**
   * Reads all rows in order.
   *
   * @param receiver takes each
   * @throws IOException if reading fails
   */
  void read(Receiver receiver) throws IOException;

  /** Takes rows. */
  interface Receiver {

    /**
     * Takes a row.
     *
     * @param line where it begins in its file, from 1; in memory its number, from 1
     * @param cells as many as there are names; null for what is not there
     * @throws IOException if it cannot be handed on
     */
    void row(long line, List<? extends @Nullable Object> cells) throws IOException;

    /**
     * Hears of a row that is none.
     *
     * @param line where it begins
     * @param reason what is wrong with it
     */
    void broken(long line, String reason);
  }
}
