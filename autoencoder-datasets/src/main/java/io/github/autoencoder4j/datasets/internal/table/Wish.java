package io.github.autoencoder4j.datasets.internal.table;

/**
 * What a column is to be.
 *
 * @param kind of the column
 * @param pattern of dates; empty for other kinds
 */
public record Wish(Kind kind, String pattern) {

  /** What a column may be found, or asked, to be. */
  public enum Kind {
    /** Numbers. */
    NUMBER,
    /** Dates. */
    DATE,
    /** Two values. */
    BINARY,
    /** Some values, or many. */
    CATEGORY,
    /** The same value in every row. */
    CONSTANT,
    /** No value in any row. */
    EMPTY,
    /** Another value in every row. */
    IDENTIFIER,
    /** Not wanted. */
    LEFT_OUT
  }

  /**
   * Wishes for a kind.
   *
   * @param kind other than dates
   * @return the wish
   */
  public static Wish of(Kind kind) {
    return new Wish(kind, "");
  }

  /**
   * Wishes for dates.
   *
   * @param pattern how they are written
   * @return the wish
   */
  public static Wish date(String pattern) {
    return new Wish(Kind.DATE, pattern);
  }
}
