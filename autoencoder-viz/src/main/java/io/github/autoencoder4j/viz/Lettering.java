package io.github.autoencoder4j.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.LineMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Measures and draws text in the styles of {@link TextStyle}, with the sans serif font that the JDK
 * finds on this system.
 */
final class Lettering {

  private static final Pattern SPACES = Pattern.compile("\\s+");
  // The same switches as Theme sets on the canvas, so that text is as wide as it was measured.
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private Lettering() {}

  /** The advance of a line of text, rounded up. */
  static int width(String text, TextStyle style) {
    return text.isEmpty() ? 0 : (int) Math.ceil(glyphs(text, style).getLogicalBounds().getWidth());
  }

  /** The height of one line: ascent and descent. */
  static int height(TextStyle style) {
    LineMetrics metrics = metrics(style);
    return (int) Math.ceil((double) metrics.getAscent() + metrics.getDescent());
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
    if (!text.isEmpty()) {
      g.setColor(color);
      g.drawGlyphVector(glyphs(text, style), (float) x, (float) baseline(style, y));
    }
  }

  /** One line of text, its top centred at x. */
  static void drawCentred(Graphics2D g, String text, TextStyle style, double x, double y) {
    draw(g, text, style, x - width(text, style) / 2.0, y);
  }

  /** One line of text on a white rim, its top centred at x: legible on any ground. */
  static void drawHaloed(Graphics2D g, String text, TextStyle style, double x, double y) {
    double left = x - width(text, style) / 2.0;
    g.setColor(Theme.PAPER);
    g.setStroke(new BasicStroke(4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(glyphs(text, style).getOutline((float) left, (float) baseline(style, y)));
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

  private static double baseline(TextStyle style, double top) {
    return top + Math.round(metrics(style).getAscent());
  }

  private static GlyphVector glyphs(String text, TextStyle style) {
    return withFont(style, font -> font.createGlyphVector(CONTEXT, text));
  }

  private static LineMetrics metrics(TextStyle style) {
    return withFont(style, font -> font.getLineMetrics("Xg", CONTEXT));
  }

  /** What a font answers; where the JDK finds none, an exception that says how to get one. */
  static <T> T withFont(TextStyle style, Function<Font, T> question) {
    try {
      return question.apply(
          new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, style.size()));
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Which of these the JDK throws depends on what is missing: fontconfig, fonts or libfreetype.
      throw new IllegalStateException(
          "the text of a picture needs a font, but Java found none that it can use on this system ("
              + e
              + "); install fontconfig and a font, on Debian and Ubuntu with 'apt-get install"
              + " fontconfig fonts-dejavu-core', and start this program again",
          e);
    }
  }
}
