package io.github.autoencoder4j.table;

import java.util.ArrayList;
import java.util.List;

/** Schemas of every kind of column. */
public final class Schemas {

  private Schemas() {}

  /** Every kind and every scaling, with marks and without; 32 values. */
  public static TableSchema ofAllKinds() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      columns.add(new NumberColumn("number " + i, false, Scaling.standard(i, 2), false));
    }
    columns.add(new LeftOutColumn("id", LeftOutColumn.Reason.IDENTIFIER));
    for (int i = 0; i < 5; i++) {
      columns.add(new NumberColumn("robust " + i, true, Scaling.robust(i, 0.5), false));
    }
    columns.add(new DateColumn("day", "dd.MM.uuuu", Scaling.standard(1e9, 1e7), false));
    columns.add(new NumberColumn("quantile", false, Scaling.quantile(0, 1, 1, 4), true));
    columns.add(new BinaryColumn("marked", "no", "yes", true));
    columns.add(new BinaryColumn("binary", "0", "1", false));
    columns.add(
        new CategoryColumn(
            "letter", List.of("a", "b", "c", "d", "\u00e4 \"\n\ud83d\udc15"), false));
    columns.add(new CategoryColumn("digit", List.of("1", "2", "3", "4"), true));
    return new TableSchema(columns, TableSchema.MISSING);
  }
}
