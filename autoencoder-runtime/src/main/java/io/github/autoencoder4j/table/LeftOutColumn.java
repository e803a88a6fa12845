package io.github.autoencoder4j.table;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column that no sample has a place for. It may be missing in files to come.
 *
 * @param name in the first line of the file
 * @param reason why
 */
public record LeftOutColumn(String name, Reason reason) implements Column {

  /** Why a column is left out. */
  public enum Reason {
    /** Every row has the same value. */
    CONSTANT,
    /** No row has a value. */
    EMPTY,
    /** Nearly every row has a value of its own, so none says anything about another row. */
    IDENTIFIER,
    /** The caller said so. */
    CHOSEN
  }

  /**
   * Checks the name.
   *
   * @param name in the first line of the file
   * @param reason why
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public LeftOutColumn {
    ColumnRules.requireName(name);
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public boolean mayBeMissing() {
    return false;
  }

  @Override
  public int values() {
    return 0;
  }

  @Override
  public String kind() {
    return "left out";
  }

  @Override
  public String describe() {
    return switch (reason) {
      case CONSTANT -> "one value in all rows";
      case EMPTY -> "no value in any row";
      case IDENTIFIER -> "an identifier: a value of its own for each row";
      case CHOSEN -> "as was asked for";
    };
  }

  @Override
  public void encode(Object cell, float[] sample, int at) {
    // It has no place.
  }

  @Override
  public @Nullable Object decode(float[] sample, int at) {
    return null;
  }
}
