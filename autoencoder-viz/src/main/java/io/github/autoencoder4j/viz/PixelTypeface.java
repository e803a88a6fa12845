package io.github.autoencoder4j.viz;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.HexFormat;

/**
 * A built-in face of 5 x 7 dots, for systems without any font. Slim container images have none, and
 * there the JDK fails on the first letter.
 */
final class PixelTypeface implements Typeface {

  private static final int COLUMNS = 5;
  private static final int ROWS = 7;
  private static final int ADVANCE = COLUMNS + 1;
  private static final char FIRST = ' ';
  private static final char LAST = '~';

  // Five columns a character from space to tilde; the lowest bit of a column is its top dot.
  private static final byte[] GLYPHS =
      HexFormat.of()
          .parseHex(
              "0000000000"
                  + "00005f0000"
                  + "0007000700"
                  + "147f147f14"
                  + "242a7f2a12" // space to $
                  + "2313086462"
                  + "3649562050"
                  + "0005030000"
                  + "001c224100" // % to (
                  + "0041221c00"
                  + "2a1c7f1c2a"
                  + "08083e0808"
                  + "0050300000" // ) to ,
                  + "0808080808"
                  + "0000606000"
                  + "2010080402"
                  + "3e5149453e" // - to 0
                  + "00427f4000"
                  + "4261514946"
                  + "2141454b31"
                  + "1814127f10" // 1 to 4
                  + "2745454539"
                  + "3c4a494930"
                  + "0171090503"
                  + "3649494936" // 5 to 8
                  + "064949291e"
                  + "0036360000"
                  + "0056360000"
                  + "0814224100" // 9 to <
                  + "1414141414"
                  + "0041221408"
                  + "0201510906"
                  + "324979413e" // = to @
                  + "7e1111117e"
                  + "7f49494936"
                  + "3e41414122"
                  + "7f4141221c" // A to D
                  + "7f49494941"
                  + "7f09090901"
                  + "3e4149497a"
                  + "7f0808087f" // E to H
                  + "00417f4100"
                  + "2040413f01"
                  + "7f08142241"
                  + "7f40404040" // I to L
                  + "7f020c027f"
                  + "7f0408107f"
                  + "3e4141413e"
                  + "7f09090906" // M to P
                  + "3e4151215e"
                  + "7f09192946"
                  + "4649494931"
                  + "01017f0101" // Q to T
                  + "3f4040403f"
                  + "1f2040201f"
                  + "3f4038403f"
                  + "6314081463" // U to X
                  + "0708700807"
                  + "6151494543"
                  + "007f414100"
                  + "0204081020" // Y to backslash
                  + "0041417f00"
                  + "0402010204"
                  + "4040404040"
                  + "0001020400" // ] to `
                  + "2054545478"
                  + "7f48444438"
                  + "3844444420"
                  + "384444487f" // a to d
                  + "3854545418"
                  + "087e090102"
                  + "0c5252523e"
                  + "7f08040478" // e to h
                  + "00447d4000"
                  + "2040443d00"
                  + "7f10284400"
                  + "00417f4000" // i to l
                  + "7c04180478"
                  + "7c08040478"
                  + "3844444438"
                  + "7c14141408" // m to p
                  + "081414187c"
                  + "7c08040408"
                  + "4854545420"
                  + "043f444020" // q to t
                  + "3c4040207c"
                  + "1c2040201c"
                  + "3c4030403c"
                  + "4428102844" // u to x
                  + "0c5050503c"
                  + "4464544c44"
                  + "0008364100"
                  + "00007f0000" // y to |
                  + "0041360800"
                  + "1008081008"); // } and ~

  private static final byte[] PLUS_MINUS = HexFormat.of().parseHex("44445f4444");
  private static final byte[] TIMES = HexFormat.of().parseHex("2214081422");
  private static final byte[] UNKNOWN = HexFormat.of().parseHex("7f4141417f");

  @Override
  public double width(String text, TextStyle style) {
    return (double) text.length() * ADVANCE * dot(style);
  }

  @Override
  public double ascent(TextStyle style) {
    return (ROWS + 2) * dot(style);
  }

  @Override
  public double descent(TextStyle style) {
    return 2 * dot(style);
  }

  @Override
  public Shape outline(String text, TextStyle style, double x, double y) {
    Path2D dots = new Path2D.Double();
    double size = dot(style);
    // Dots between pixels would be a blur.
    double left = Math.rint(x);
    double top = Math.rint(y) - ROWS * size;
    for (int i = 0; i < text.length(); i++) {
      addGlyph(dots, text.charAt(i), left + i * ADVANCE * size, top, size);
    }
    return dots;
  }

  private static void addGlyph(Path2D dots, char letter, double left, double top, double size) {
    byte[] glyphs = GLYPHS;
    int start = 0;
    switch (letter) {
      case '\u2212', '\u2013', '\u2014' -> start = ('-' - FIRST) * COLUMNS;
      case '\u00b1' -> glyphs = PLUS_MINUS;
      case '\u00d7' -> glyphs = TIMES;
      default -> {
        if (letter >= FIRST && letter <= LAST) {
          start = (letter - FIRST) * COLUMNS;
        } else {
          glyphs = UNKNOWN;
        }
      }
    }
    for (int column = 0; column < COLUMNS; column++) {
      for (int row = 0; row < ROWS; row++) {
        if ((glyphs[start + column] >> row & 1) != 0) {
          double x = left + column * size;
          double y = top + row * size;
          dots.moveTo(x, y);
          dots.lineTo(x + size, y);
          dots.lineTo(x + size, y + size);
          dots.lineTo(x, y + size);
          dots.closePath();
        }
      }
    }
  }

  private static double dot(TextStyle style) {
    return Math.rint(style.size() / 10.0);
  }
}
