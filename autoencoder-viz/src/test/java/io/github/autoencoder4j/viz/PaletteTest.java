package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PaletteTest {

  private static final double[][] NORMAL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

  // Machado, Oliveira and Fernandes 2009, severity 1, for linear RGB.
  private static final double[][] PROTANOPE = {
    {0.152286, 1.052583, -0.204868},
    {0.114503, 0.786281, 0.099216},
    {-0.003882, -0.048116, 1.051998}
  };
  private static final double[][] DEUTERANOPE = {
    {0.367322, 0.860646, -0.227968},
    {0.280085, 0.672501, 0.047413},
    {-0.011820, 0.042940, 0.968881}
  };
  private static final double[][] TRITANOPE = {
    {1.255528, -0.076749, -0.178779},
    {-0.078411, 0.930809, 0.147602},
    {0.004733, 0.691367, 0.303900}
  };

  @Test
  void tenColoursAreFarApartForEveryKindOfEye() {
    List<Color> ten = Palette.of(10);
    assertThat(leastDistance(ten, NORMAL)).isGreaterThan(0.16);
    for (double[][] eye : List.of(PROTANOPE, DEUTERANOPE, TRITANOPE)) {
      assertThat(leastDistance(ten, eye)).isGreaterThan(0.09);
    }
  }

  @Property
  void fewerColoursAreTheFirstOfTheTen(@ForAll @IntRange(min = 0, max = 10) int count) {
    assertThat(Palette.of(count)).isEqualTo(Palette.of(10).subList(0, count));
  }

  @Property
  void allColoursDiffer(@ForAll @IntRange(min = 0, max = 62) int count) {
    assertThat(new HashSet<>(Palette.of(count))).hasSize(count);
  }

  @Test
  void sixtyTwoColoursStandOutFromThePaper() {
    for (Color color : Palette.of(62)) {
      assertThat(oklab(color, NORMAL)[0]).isBetween(0.3, 0.85);
    }
  }

  private static double leastDistance(List<Color> colors, double[][] eye) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < colors.size(); i++) {
      double[] a = oklab(colors.get(i), eye);
      for (int j = 0; j < i; j++) {
        double[] b = oklab(colors.get(j), eye);
        double distance = Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
        least = Math.min(least, distance);
      }
    }
    return least;
  }

  /** Lightness, a and b of a colour (Ottosson 2020) as an eye sees it. */
  private static double[] oklab(Color color, double[][] eye) {
    double[] rgb =
        times(eye, linear(color.getRed()), linear(color.getGreen()), linear(color.getBlue()));
    double[][] toCones = {
      {0.4122214708, 0.5363325363, 0.0514459929},
      {0.2119034982, 0.6806995451, 0.1073969566},
      {0.0883024619, 0.2817188376, 0.6299787005}
    };
    double[] cones = times(toCones, clamped(rgb[0]), clamped(rgb[1]), clamped(rgb[2]));
    double[][] toLab = {
      {0.2104542553, 0.7936177850, -0.0040720468},
      {1.9779984951, -2.4285922050, 0.4505937099},
      {0.0259040371, 0.7827717662, -0.8086757660}
    };
    return times(toLab, Math.cbrt(cones[0]), Math.cbrt(cones[1]), Math.cbrt(cones[2]));
  }

  private static double[] times(double[][] matrix, double x, double y, double z) {
    double[] product = new double[3];
    for (int i = 0; i < 3; i++) {
      product[i] = matrix[i][0] * x + matrix[i][1] * y + matrix[i][2] * z;
    }
    return product;
  }

  private static double clamped(double value) {
    return Math.max(0, Math.min(1, value));
  }

  private static double linear(int level) {
    double value = level / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
