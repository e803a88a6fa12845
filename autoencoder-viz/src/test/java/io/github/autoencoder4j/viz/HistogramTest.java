package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class HistogramTest {

  private static final int BELOW_LEGEND = Theme.MARGIN + 24;

  /** The colour of the filled bins over white. */
  private static int fill(int series, int count) {
    Color color = Palette.of(count).get(series);
    int rgb = 0;
    for (int level : new int[] {color.getRed(), color.getGreen(), color.getBlue()}) {
      rgb = rgb << 8 | (int) Math.round(255 + 90 / 255.0 * (level - 255));
    }
    return rgb;
  }

  private static int filledRows(Pixels pixels, int x, int height, int color) {
    int rows = 0;
    for (int y = BELOW_LEGEND; y < height; y++) {
      int pixel = pixels.at(x, y);
      boolean close = true;
      for (int shift = 0; shift <= 16; shift += 8) {
        close &= Math.abs((pixel >> shift & 255) - (color >> shift & 255)) <= 12;
      }
      rows += close ? 1 : 0;
    }
    return rows;
  }

  @Test
  void drawsBinsInProportionToTheirCounts() {
    // Two bins over [0, 1]: one value in the lower, three in the upper, the largest among them.
    Picture picture =
        Histogram.over("value").series("a", 0f, 0.7f, 0.8f, 1f).bins(2).size(200, 200).draw();
    Pixels pixels = Pixels.of(picture);
    int right = picture.width() - Theme.MARGIN;
    int lower = filledRows(pixels, right - 150, picture.height(), fill(0, 1));
    int upper = filledRows(pixels, right - 35, picture.height(), fill(0, 1));
    assertThat(lower).isGreaterThan(40);
    assertThat(upper).isCloseTo(3 * lower, within(lower / 3));
  }

  @Test
  void makesRoomForTheTopOfANormalCurve() {
    Histogram flat = Histogram.over("value").series("a", 0f, 1f, 2f, 3f).bins(4).size(200, 200);
    Picture without = flat.draw();
    Picture with = flat.normal("narrow", 1.5, 0.1).draw();
    assertThat(filledRows(Pixels.of(without), lastBin(without), without.height(), fill(0, 1)))
        .isGreaterThan(150);
    assertThat(filledRows(Pixels.of(with), lastBin(with), with.height(), fill(0, 2)))
        .isBetween(5, 30);
    int curve = Pixels.of(with).bounds(Pixels.seriesColor(1, 2), BELOW_LEGEND).height;
    assertThat(curve).isGreaterThan(150);
  }

  /** A column in the last of four bins, off the grid lines. */
  private static int lastBin(Picture picture) {
    return picture.width() - Theme.MARGIN - 25;
  }

  @Test
  void drawsValuesThatAreAllEqual() {
    assertThat(Histogram.over("value").series("a", 3f, 3f, 3f).draw().width()).isGreaterThan(520);
  }

  @Test
  void keepsItsPictureWhateverHappensToBuilderAndArraysAfterwards() {
    float[] values = {1, 2, 3};
    Histogram histogram = Histogram.over("value").series("a", values);
    Picture picture = histogram.draw();
    byte[] before = picture.toPng();
    values[0] = 99;
    histogram.bins(3).size(100, 100).normal("n", 0, 1).series("b", 5).title("changed");
    assertThat(picture.toPng()).isEqualTo(before);
    assertThat(histogram.draw().toPng()).isNotEqualTo(before);
  }

  @Test
  void rejectsValuesAndNumbersThatDoNotFit() {
    Histogram histogram = Histogram.over("value");
    assertThatThrownBy(histogram::draw)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at least one distribution; call series");
    assertThatThrownBy(() -> histogram.series("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("distribution 'a' needs at least one value, but got none");
    assertThatThrownBy(() -> histogram.series("a", 1, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("value 1 of distribution 'a' must be a finite number");
    assertThatThrownBy(() -> histogram.series("", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be blank");
    assertThatThrownBy(() -> histogram.normal("n", 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the standard deviation of 'n' must be above 0, but was 0.0");
    assertThatThrownBy(() -> histogram.normal("n", Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the mean of 'n' must be a finite number");
    assertThatThrownBy(() -> histogram.bins(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bins must lie in 1 to 10000, but was 0");
    assertThatThrownBy(() -> histogram.size(1, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width must lie in 80 to 10000, but was 1");
  }
}
