package io.github.autoencoder4j.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures and draws text in the styles of {@link TextStyle}. */
final class Lettering {

  private static final Logger LOG = LoggerFactory.getLogger(Lettering.class);
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Typeface FACE = usable(new SystemTypeface());

  private Lettering() {}

  /** The given face if it can measure a letter, or else the built-in one. */
  static Typeface usable(Typeface wanted) {
    try {
      if (wanted.width("X", TextStyle.LABEL) > 0 && wanted.ascent(TextStyle.LABEL) > 0) {
        return wanted;
      }
    } catch (RuntimeException | LinkageError | InternalError e) {
      // What the JDK throws where fontconfig, fonts or libfreetype are missing; it depends on
      // which. A picture in plain letters is better than none after hours of training.
      LOG.debug("the JDK cannot use the fonts of this system", e);
    }
    LOG.warn(
        "No usable fonts on this system: text in pictures is drawn in plain built-in letters,"
            + " ASCII only. Install fontconfig and a font, such as DejaVu, for better ones.");
    return new PixelTypeface();
  }

  /** The advance of a line of text, rounded up. */
  static int width(String text, TextStyle style) {
    return text.isEmpty() ? 0 : (int) Math.ceil(FACE.width(text, style));
  }

  /** The height of one line: ascent and descent. */
  static int height(TextStyle style) {
    return (int) Math.ceil(FACE.ascent(style) + FACE.descent(style));
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
      FACE.draw(g, text, style, x, baseline(style, y));
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
    g.draw(FACE.outline(text, style, left, baseline(style, y)));
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
    return top + Math.round(FACE.ascent(style));
  }
}
