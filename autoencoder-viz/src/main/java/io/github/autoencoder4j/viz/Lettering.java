package io.github.autoencoder4j.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.LineMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Measures and draws text in the styles of {@link TextStyle}. */
final class Lettering {

  // The same switches as Theme sets on the canvas, so that text is as wide as it was measured.
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Lettering() {}

  /** The advance of a line of text, rounded up. */
  static int width(String text, TextStyle style) {
    return (int) Math.ceil(glyphs(text, style).getLogicalBounds().getWidth());
  }

  /** The height of one line: ascent and descent. */
  static int height(TextStyle style) {
    LineMetrics metrics = font(style).getLineMetrics("Xg", CONTEXT);
    return (int) Math.ceil(metrics.getAscent() + metrics.getDescent());
  }

  /** From the top of a line to its baseline. */
  static int ascent(TextStyle style) {
    return Math.round(font(style).getLineMetrics("Xg", CONTEXT).getAscent());
  }

  /** The greatest width of several lines, or 0 for none. */
  static int widest(List<String> texts, TextStyle style) {
    return texts.stream().mapToInt(text -> width(text, style)).max().orElse(0);
  }

  /** One line of text, its top left corner at (x, y). */
  static void draw(Graphics2D g, String text, TextStyle style, double x, double y) {
    draw(g, text, style, style.color(), x, y);
  }

  static void draw(Graphics2D g, String text, TextStyle style, Color color, double x, double y) {
    g.setColor(color);
    g.drawGlyphVector(glyphs(text, style), (float) x, (float) (y + ascent(style)));
  }

  /** One line of text, its top centred at x. */
  static void drawCentred(Graphics2D g, String text, TextStyle style, double x, double y) {
    draw(g, text, style, x - width(text, style) / 2.0, y);
  }

  /** One line of text on a white rim, its top centred at x: legible on any ground. */
  static void drawHaloed(Graphics2D g, String text, TextStyle style, double x, double y) {
    double left = x - width(text, style) / 2.0;
    Shape outline = glyphs(text, style).getOutline((float) left, (float) (y + ascent(style)));
    g.setColor(Theme.PAPER);
    g.setStroke(new BasicStroke(4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(outline);
    draw(g, text, style, left, y);
  }

  /** One line of text as a block of its own size; empty text takes no room. */
  static Block block(String text, TextStyle style) {
    return text.isEmpty()
        ? Block.EMPTY
        : new Block(width(text, style), height(style), g -> draw(g, text, style, 0, 0));
  }

  /** Text broken at spaces so that no line is wider than asked, unless a single word is. */
  static List<String> wrap(String text, TextStyle style, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : SPACES.splitAsStream(text.strip()).toList()) {
      if (!line.isEmpty() && width(line + " " + word, style) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static GlyphVector glyphs(String text, TextStyle style) {
    return font(style).createGlyphVector(CONTEXT, text);
  }

  private static Font font(TextStyle style) {
    return new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, style.size());
  }
}
