package io.github.autoencoder4j.viz;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/** Colours for classes and series. */
final class Palette {

  // Found by search: the least distance between two of them in OKLab is 0.166, and 0.095 or more as
  // protanopes, deuteranopes and tritanopes see them (Machado 2009, severity 1). The usual
  // ten-colour cycle of plotting libraries has pairs at 0.007.
  private static final int[] TEN = {
    0x5c4ec9, 0xcd620c, 0x00d0ce, 0x600027, 0xfaa71c, 0x21327e, 0x6d9878, 0xa34581, 0x4c5a20,
    0xaf8ae4
  };

  private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

  private Palette() {}

  /** As many different colours as asked for; up to ten always the same ones. */
  static List<Color> of(int count) {
    List<Color> colors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      colors.add(count <= TEN.length ? new Color(TEN[i]) : generated(i));
    }
    return colors;
  }

  /** Hues a golden angle apart never repeat; three lightness levels part the close ones. */
  private static Color generated(int index) {
    double lightness = 0.45 + 0.15 * (index % 3);
    double hue = index * GOLDEN_ANGLE;
    double chroma = 0.13;
    return oklab(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
  }

  /** OKLab to sRGB (Ottosson 2020); colours out of gamut are clipped. */
  private static Color oklab(double lightness, double a, double b) {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return new Color(
        encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
  }

  private static double cube(double value) {
    return value * value * value;
  }

  private static float encoded(double linear) {
    double bounded = Math.max(0, Math.min(1, linear));
    return (float)
        (bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * Math.pow(bounded, 1 / 2.4) - 0.055);
  }
}
