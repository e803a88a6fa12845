package io.github.autoencoder4j.viz;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/** Dashed horizontal lines across a plot, named with their values at the right. */
final class ReferenceLines {

  private record Line(String name, double value) {}

  private final List<Line> lines;

  ReferenceLines() {
    this(List.of());
  }

  private ReferenceLines(List<Line> lines) {
    this.lines = lines;
  }

  /** These lines and one more. */
  ReferenceLines with(String name, double value) {
    List<Line> more = new ArrayList<>(lines);
    more.add(
        new Line(
            Require.text("the name of a reference line", name),
            Require.finite("reference line '" + name + "'", value)));
    more.sort(Comparator.comparingDouble(line -> -line.value));
    return new ReferenceLines(List.copyOf(more));
  }

  DoubleStream values() {
    return lines.stream().mapToDouble(Line::value);
  }

  void paint(Graphics2D g, Plot area) {
    g.setColor(Theme.MUTED);
    g.setStroke(Theme.DASHES);
    for (Line line : lines) {
      double y = area.top(line.value);
      g.draw(new Line2D.Double(0, y, area.width(), y));
    }
  }

  /** The names, to stand at the right of the plot, pushed apart where they would overlap. */
  Block names(Plot plot) {
    List<String> texts =
        lines.stream().map(line -> line.name + " " + Numbers.compact(line.value)).toList();
    int lineHeight = Lettering.height(TextStyle.TICK);
    return new Block(
        Lettering.widest(texts, TextStyle.TICK),
        plot.originY() + plot.height(),
        g -> {
          double free = 0;
          for (int i = 0; i < texts.size(); i++) {
            double wanted = plot.originY() + plot.top(lines.get(i).value) - lineHeight / 2.0;
            double y = Math.max(free, wanted);
            Lettering.draw(g, texts.get(i), TextStyle.TICK, 0, y);
            free = y + lineHeight;
          }
        });
  }
}
