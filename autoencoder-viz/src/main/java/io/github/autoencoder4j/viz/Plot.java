package io.github.autoencoder4j.viz;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * A framed area between two axes. The y axis grows upwards.
 *
 * @param width of the area between the axes, in logical pixels
 * @param height of the area between the axes, in logical pixels
 */
record Plot(Axis x, Axis y, int width, int height) {

  /** Paints values into the area between the axes, whose top left corner is (0, 0). */
  interface Content {
    void paint(Graphics2D g, Plot plot);
  }

  private static final int TICK_GAP = 4;
  private static final int LABEL_GAP = 8;

  /** From the left edge of the area to a value. */
  double left(double value) {
    return x.position(value) * width;
  }

  /** From the top edge of the area down to a value. */
  double top(double value) {
    return (1 - y.position(value)) * height;
  }

  /** How far the area lies from the left edge of {@link #block}. */
  int originX() {
    return Math.max(beforeArea(), overhang());
  }

  /** How far the area lies from the top edge of {@link #block}. */
  int originY() {
    return Math.max(Lettering.height(TextStyle.TICK) / 2, excess(y.label(), height));
  }

  /** The area with its axes, ticks and labels around it. */
  Block block(Content content) {
    int left = originX();
    int top = originY();
    int bottom = Theme.TICK_LENGTH + TICK_GAP + Lettering.height(TextStyle.TICK);
    if (!x.label().isEmpty()) {
      bottom += LABEL_GAP / 2 + Lettering.height(TextStyle.LABEL);
    }
    return Block.of(
        (long) left + width + overhang(),
        (long) top + height + Math.max(bottom, excess(y.label(), height)),
        g -> {
          g.translate(left, top);
          paintGrid(g);
          Graphics2D inside = (Graphics2D) g.create();
          inside.clip(new Rectangle2D.Double(0, 0, width, height));
          content.paint(inside, this);
          inside.dispose();
          paintAxes(g);
        });
  }

  /** A narrow strip of colours with the y axis on its right: the key to a map of colours. */
  Block strip(BufferedImage colors) {
    int ticksEnd = width + 1 + Theme.TICK_LENGTH + TICK_GAP + widestTick();
    int label = y.label().isEmpty() ? 0 : LABEL_GAP + Lettering.height(TextStyle.LABEL);
    int top = originY();
    return new Block(
        1 + ticksEnd + label,
        height + 2 * top,
        g -> {
          g.translate(1, top);
          g.drawImage(colors, 0, 0, width, height, null);
          g.setColor(Theme.FRAME);
          g.draw(new Rectangle2D.Double(-0.5, -0.5, width + 1, height + 1));
          for (Axis.Tick tick : y.ticks()) {
            double at = crisp(top(tick.value()));
            g.setColor(Theme.FRAME);
            g.draw(new Line2D.Double(width + 1, at, width + 1 + Theme.TICK_LENGTH, at));
            Lettering.draw(
                g,
                tick.text(),
                TextStyle.TICK,
                ticksEnd - Lettering.width(tick.text(), TextStyle.TICK),
                top(tick.value()) - Lettering.height(TextStyle.TICK) / 2.0);
          }
          upwards(g, y.label(), ticksEnd + LABEL_GAP, height);
        });
  }

  private int widestTick() {
    return Lettering.widest(y.ticks().stream().map(Axis.Tick::text).toList(), TextStyle.TICK);
  }

  /** How far the ticks and the label of the y axis reach to the left of the area. */
  private int beforeArea() {
    int ticks = widestTick() + TICK_GAP + Theme.TICK_LENGTH;
    if (y.label().isEmpty()) {
      return ticks;
    }
    // A label that reaches below the area must not run into the texts of the x axis.
    int inner = excess(y.label(), height) > 0 ? Math.max(ticks, overhang()) : ticks;
    return inner + LABEL_GAP + Lettering.height(TextStyle.LABEL);
  }

  /** How far a label stands out at either end of its axis. */
  private static int excess(String label, int length) {
    return Math.max(0, (Lettering.width(label, TextStyle.LABEL) - length + 1) / 2);
  }

  /** How far the texts of the x axis may stand out to either side. */
  private int overhang() {
    int overhang = Math.max(1, excess(x.label(), width));
    for (Axis.Tick tick : x.ticks()) {
      double half = Lettering.width(tick.text(), TextStyle.TICK) / 2.0;
      double place = left(tick.value());
      overhang = (int) Math.ceil(Math.max(overhang, half - Math.min(place, width - place)));
    }
    return overhang;
  }

  private void paintGrid(Graphics2D g) {
    g.setColor(Theme.GRID);
    g.setStroke(Theme.HAIRLINE);
    if (x.gridded()) {
      for (Axis.Tick tick : x.ticks()) {
        double at = crisp(left(tick.value()));
        g.draw(new Line2D.Double(at, 0, at, height));
      }
    }
    if (y.gridded()) {
      for (Axis.Tick tick : y.ticks()) {
        double at = crisp(top(tick.value()));
        g.draw(new Line2D.Double(0, at, width, at));
      }
    }
  }

  private void paintAxes(Graphics2D g) {
    g.setColor(Theme.FRAME);
    g.setStroke(Theme.HAIRLINE);
    g.draw(new Rectangle2D.Double(-0.5, -0.5, width + 1, height + 1));
    int below = height + 1 + Theme.TICK_LENGTH + TICK_GAP;
    for (Axis.Tick tick : x.ticks()) {
      double at = crisp(left(tick.value()));
      g.setColor(Theme.FRAME);
      g.draw(new Line2D.Double(at, height + 1, at, height + 1 + Theme.TICK_LENGTH));
      Lettering.drawCentred(g, tick.text(), TextStyle.TICK, left(tick.value()), below);
    }
    for (Axis.Tick tick : y.ticks()) {
      double at = crisp(top(tick.value()));
      g.setColor(Theme.FRAME);
      g.draw(new Line2D.Double(-1 - Theme.TICK_LENGTH, at, -1, at));
      Lettering.draw(
          g,
          tick.text(),
          TextStyle.TICK,
          -1 - Theme.TICK_LENGTH - TICK_GAP - Lettering.width(tick.text(), TextStyle.TICK),
          top(tick.value()) - Lettering.height(TextStyle.TICK) / 2.0);
    }
    Lettering.drawCentred(
        g,
        x.label(),
        TextStyle.LABEL,
        width / 2.0,
        below + Lettering.height(TextStyle.TICK) + LABEL_GAP / 2);
    upwards(g, y.label(), -beforeArea(), height);
  }

  /** A label read from below, its left edge at x, at half the height. */
  private static void upwards(Graphics2D g, String label, int x, int height) {
    Graphics2D turned = (Graphics2D) g.create();
    turned.translate(x, height / 2.0);
    turned.rotate(-Math.PI / 2);
    Lettering.drawCentred(turned, label, TextStyle.LABEL, 0, 0);
    turned.dispose();
  }

  /** The middle of a pixel, where a line one pixel wide is not smeared over two. */
  private static double crisp(double position) {
    return Math.floor(position) + 0.5;
  }
}
