package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import org.junit.jupiter.api.Test;

class BarsTest {

  // Below the legend, whose swatches have the colours of the bars.
  private static final int BELOW_LEGEND = Theme.MARGIN + 24;

  private static Rectangle bar(Picture picture, int series, int count) {
    return Pixels.of(picture).bounds(Pixels.seriesColor(series, count), BELOW_LEGEND);
  }

  @Test
  void drawsLengthsInProportionFromZero() {
    Picture picture = Bars.of("share").series("a", 0.2).series("b", 0.8).series("c", 0.4).draw();
    // A bar may begin and end within a pixel, so each height is off by up to two.
    int base = bar(picture, 0, 3).height;
    assertThat(bar(picture, 1, 3).height).isCloseTo(4 * base, within(8));
    assertThat(bar(picture, 2, 3).height).isCloseTo(2 * base, within(4));
    assertThat(bar(picture, 0, 3).getMaxY()).isCloseTo(bar(picture, 1, 3).getMaxY(), within(1.0));
    assertThat(bar(picture, 0, 3).getMaxX()).isLessThan(bar(picture, 1, 3).getMinX());
    assertThat(bar(picture, 1, 3).getMaxX()).isLessThan(bar(picture, 2, 3).getMinX());
  }

  @Test
  void drawsNegativeValuesDownwards() {
    Picture picture = Bars.of("g").series("down", -2).series("up", 1).draw();
    assertThat(bar(picture, 0, 2).getMinY()).isCloseTo(bar(picture, 1, 2).getMaxY(), within(2.0));
    assertThat(bar(picture, 0, 2).height).isCloseTo(2 * bar(picture, 1, 2).height, within(4));
  }

  @Test
  void widensTheAxisForErrorBarsAndReferences() {
    Picture plain = Bars.of("g").series("a", 1).draw();
    Picture spread = Bars.of("g").series("a", new double[] {1}, new double[] {1}).draw();
    Picture line = Bars.of("g").series("a", 1).reference("linear code", 3).draw();
    int full = bar(plain, 0, 1).height;
    assertThat(bar(spread, 0, 1).height).isLessThan(full * 6 / 10);
    assertThat(bar(line, 0, 1).height).isLessThan(full * 4 / 10);
  }

  @Test
  void drawsErrorBarsFromBelowToAbove() {
    Picture picture = Bars.of("g").series("a", new double[] {2}, new double[] {1}).draw();
    Pixels pixels = Pixels.of(picture);
    Rectangle bar = bar(picture, 0, 1);
    // The caps are the only level lines of ink in the middle of the bar's column.
    int half = bar.height / 2;
    assertThat(inkNear(pixels, bar, bar.y - half)).isTrue();
    assertThat(inkNear(pixels, bar, bar.y + half)).isTrue();
    assertThat(inkNear(pixels, bar, bar.y + half + half / 2)).isFalse();
  }

  private static boolean inkNear(Pixels pixels, Rectangle bar, int row) {
    int side = (int) bar.getCenterX() + 2;
    for (int y = row - 3; y <= row + 3; y++) {
      if ((pixels.at(side, y) & 255) < 0x60 && (pixels.at(side, y) >> 16 & 255) < 0x50) {
        return true;
      }
    }
    return false;
  }

  @Test
  void keepsItsPictureWhateverHappensToBuilderAndArraysAfterwards() {
    double[] values = {1, 2};
    Bars bars = Bars.of("a", "b").series("s", values);
    Picture picture = bars.draw();
    byte[] before = picture.toPng();
    values[0] = 9;
    bars.series("t", 3, 4).reference("r", 5).height(100).yLabel("y").title("changed");
    assertThat(picture.toPng()).isEqualTo(before);
    assertThat(bars.draw().toPng()).isNotEqualTo(before);
  }

  @Test
  void drawsBarsOfNoLength() {
    assertThat(Bars.of("g").series("a", 0).draw().height()).isGreaterThan(320);
  }

  @Test
  void rejectsSeriesThatDoNotFit() {
    Bars bars = Bars.of("a", "b");
    assertThatThrownBy(() -> bars.series("s", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("series 's' has 1 values and 1 errors for 2 groups");
    assertThatThrownBy(() -> bars.series("s", new double[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 values and 1 errors");
    assertThatThrownBy(() -> bars.series("s", 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("value 1 of series 's' must be a finite number");
    assertThatThrownBy(() -> bars.series("s", new double[2], new double[] {0, -0.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("error 1 of series 's' must be at least 0, but was -0.5");
    assertThatThrownBy(() -> bars.series("", 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be blank");
    assertThatThrownBy(bars::draw)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at least one series");
    assertThatThrownBy(() -> bars.height(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("height must lie in 80 to 10000, but was 1");
  }

  @Test
  void rejectsChartsWithoutGroups() {
    assertThatThrownBy(Bars::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one group");
    assertThatThrownBy(() -> Bars.of("a", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name of a group must not be blank");
  }
}
