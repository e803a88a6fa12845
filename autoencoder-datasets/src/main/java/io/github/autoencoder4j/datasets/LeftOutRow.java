package io.github.autoencoder4j.datasets;

import java.util.Objects;

/**
 * A row that gave no sample, and why.
 *
 * @param line where it begins in its file, from 1; for rows in memory its number, from 1
 * @param reason what was wrong with it, for people to read
 */
public record LeftOutRow(long line, String reason) {

  /**
   * Checks that there is a reason.
   *
   * @param line where it begins in its file, from 1
   * @param reason what was wrong with it
   */
  public LeftOutRow {
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * Line and reason on one line.
   *
   * @return for example {@code "line 17: it has 3 cells, but there are 4 columns"}
   */
  @Override
  public String toString() {
    return "line " + line + ": " + reason;
  }
}
