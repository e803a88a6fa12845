package io.github.autoencoder4j.viz;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.LineMetrics;

/** The sans serif face that the JDK finds on this system. */
final class SystemTypeface implements Typeface {

  // The same switches as Theme sets on the canvas, so that text is as wide as it was measured.
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  @Override
  public double width(String text, TextStyle style) {
    return glyphs(text, style).getLogicalBounds().getWidth();
  }

  @Override
  public double ascent(TextStyle style) {
    return metrics(style).getAscent();
  }

  @Override
  public double descent(TextStyle style) {
    return metrics(style).getDescent();
  }

  @Override
  public Shape outline(String text, TextStyle style, double x, double y) {
    return glyphs(text, style).getOutline((float) x, (float) y);
  }

  @Override
  public void draw(Graphics2D g, String text, TextStyle style, double x, double y) {
    // Glyph images, which the JDK tunes for legibility, instead of the bare outlines.
    g.drawGlyphVector(glyphs(text, style), (float) x, (float) y);
  }

  private static GlyphVector glyphs(String text, TextStyle style) {
    return font(style).createGlyphVector(CONTEXT, text);
  }

  private static LineMetrics metrics(TextStyle style) {
    return font(style).getLineMetrics("Xg", CONTEXT);
  }

  private static Font font(TextStyle style) {
    return new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, style.size());
  }
}
