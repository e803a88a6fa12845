package io.github.autoencoder4j.viz;

import java.awt.Graphics2D;
import java.awt.Shape;

/** The shapes of letters. Lengths are logical pixels. */
interface Typeface {

  /** The advance of a line of text. */
  double width(String text, TextStyle style);

  /** From the top of a line to its baseline. */
  double ascent(TextStyle style);

  /** From the baseline of a line to its bottom. */
  double descent(TextStyle style);

  /** The area that the letters cover when their baseline starts at (x, y). */
  Shape outline(String text, TextStyle style, double x, double y);

  /** Fills the letters in the current colour. */
  default void draw(Graphics2D g, String text, TextStyle style, double x, double y) {
    g.fill(outline(text, style, x, y));
  }
}
