package io.github.autoencoder4j.viz;

import java.awt.Color;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Names with their colours. */
final class Legend {

  private static final int SWATCH = 12;
  private static final int SPACING = 20;

  private Legend() {}

  /** Names side by side, in as many rows as the width asks for. */
  static Block across(List<String> names, List<Color> colors, int width) {
    List<Block> rows = new ArrayList<>();
    List<Block> row = new ArrayList<>();
    int used = 0;
    for (int i = 0; i < names.size(); i++) {
      Block entry = entry(names.get(i), colors.get(i));
      if (!row.isEmpty() && used + SPACING + entry.width() > width) {
        rows.add(Block.row(SPACING, List.copyOf(row)));
        row.clear();
        used = 0;
      }
      used += entry.width() + (row.isEmpty() ? 0 : SPACING);
      row.add(entry);
    }
    rows.add(Block.row(SPACING, List.copyOf(row)));
    return Block.column(2, rows);
  }

  /** Names below each other, in as many columns as the height asks for. */
  static Block down(List<String> names, List<Color> colors, int height) {
    int perColumn = Math.max(1, height / (Lettering.height(TextStyle.LABEL) + 4));
    List<Block> columns = new ArrayList<>();
    for (int from = 0; from < names.size(); from += perColumn) {
      int to = Math.min(names.size(), from + perColumn);
      int width = Lettering.widest(names.subList(from, to), TextStyle.LABEL) + SWATCH + 6;
      List<Block> entries = new ArrayList<>();
      for (int i = from; i < to; i++) {
        Block entry = entry(names.get(i), colors.get(i));
        // Equal widths keep the swatches in line, since columns centre their parts.
        entries.add(new Block(width, entry.height(), entry.drawing()));
      }
      columns.add(Block.column(4, entries));
    }
    return Block.row(SPACING, columns);
  }

  private static Block entry(String name, Color color) {
    int height = Lettering.height(TextStyle.LABEL);
    return new Block(
        SWATCH + 6 + Lettering.width(name, TextStyle.LABEL),
        height,
        g -> {
          g.setColor(color);
          g.fill(new RoundRectangle2D.Double(0, (height - SWATCH) / 2.0, SWATCH, SWATCH, 3, 3));
          Lettering.draw(g, name, TextStyle.LABEL, SWATCH + 6, 0);
        });
  }
}
