package io.github.autoencoder4j.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.Map;

/** Colours, distances and strokes shared by all pictures. Lengths are logical pixels. */
final class Theme {

  static final Color PAPER = Color.WHITE;
  static final Color INK = new Color(0x1f2328);
  static final Color MUTED = new Color(0x57606a);
  static final Color FRAME = new Color(0x8c959f);
  static final Color GRID = new Color(0xe7eaee);

  static final int MARGIN = 20;
  static final int GAP = 8;
  static final int TICK_LENGTH = 5;

  static final BasicStroke HAIRLINE = new BasicStroke(1f);
  static final BasicStroke CURVE =
      new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  static final BasicStroke DASHES =
      new BasicStroke(
          1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {6f, 4f}, 0f);

  private static final Map<RenderingHints.Key, Object> HINTS =
      Map.of(
          RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON,
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON,
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON,
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE,
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR,
          RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);

  private Theme() {}

  /** Makes a fresh canvas draw as all pictures do. */
  static void prepare(Graphics2D g) {
    g.addRenderingHints(HINTS);
    g.setColor(INK);
    g.setStroke(HAIRLINE);
  }
}
