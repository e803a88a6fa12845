package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurvesTest {

  // Below the legend, whose swatches have the colours of the curves.
  private static final int BELOW_LEGEND = Theme.MARGIN + 24;

  private static double middle(Pixels pixels, int series, int count) {
    return pixels.bounds(Pixels.seriesColor(series, count), BELOW_LEGEND).getCenterY();
  }

  @Test
  void drawsHigherValuesHigher() {
    Picture picture =
        Curves.over("epoch")
            .series("low", 1, 1, 1)
            .series("mid", 2, 2, 2)
            .series("top", 4, 4, 4)
            .draw();
    Pixels pixels = Pixels.of(picture);
    double low = middle(pixels, 0, 3);
    double mid = middle(pixels, 1, 3);
    double top = middle(pixels, 2, 3);
    assertThat(low - mid).isPositive();
    assertThat(mid - top).isCloseTo(2 * (low - mid), within(2.0));
  }

  @Test
  void givesEqualFactorsEqualHeightsOnALogarithmicAxis() {
    Picture picture =
        Curves.over("epoch")
            .series("a", 1, 1)
            .series("b", 10, 10)
            .series("c", 100, 100)
            .logScale()
            .draw();
    Pixels pixels = Pixels.of(picture);
    double step = middle(pixels, 0, 3) - middle(pixels, 1, 3);
    assertThat(step).isGreaterThan(50);
    assertThat(middle(pixels, 1, 3) - middle(pixels, 2, 3)).isCloseTo(step, within(2.0));
  }

  @Test
  void coversTheWholeWidth() {
    int width = 400;
    Picture picture = Curves.over("epoch").series("a", 1, 2, 3, 4, 5).size(width, 200).draw();
    Rectangle curve = Pixels.of(picture).bounds(Pixels.seriesColor(0, 1), BELOW_LEGEND);
    assertThat(curve.width).isBetween((int) (0.93 * width), width);
    assertThat(curve.height).isBetween(170, 200);
  }

  @Test
  void widensTheAxisForAReferenceLine() {
    Picture without = Curves.over("epoch").series("a", 0.2, 0.19, 0.18).draw();
    Picture with =
        Curves.over("epoch").series("a", 0.2, 0.19, 0.18).reference("mean image", 0.2625).draw();
    int color = Pixels.seriesColor(0, 1);
    assertThat(Pixels.of(with).bounds(color, BELOW_LEGEND).height)
        .isLessThan(Pixels.of(without).bounds(color, BELOW_LEGEND).height / 2);
    assertThat(with.width())
        .isGreaterThan(without.width() + Lettering.width("mean image 0.2625", TextStyle.TICK) - 30);
  }

  @Test
  void drawsASinglePoint() {
    Rectangle dot =
        Pixels.of(Curves.over("epoch").series("a", 0.25).draw())
            .bounds(Pixels.seriesColor(0, 1), BELOW_LEGEND);
    assertThat(dot.width).isBetween(2, 6);
    assertThat(dot.height).isBetween(2, 6);
  }

  @Test
  void drawsValuesThatAreEqualButForRounding() {
    Curves curves = Curves.over("x").series("a", 0.1 + 0.2, 0.3);
    for (Picture picture : List.of(curves.draw(), curves.logScale().draw())) {
      Rectangle curve = Pixels.of(picture).bounds(Pixels.seriesColor(0, 1), BELOW_LEGEND);
      assertThat(curve.width).isGreaterThan(550);
      assertThat(curve.height).isBetween(2, 6);
    }
  }

  @Test
  void drawsTheLargestNumbers() {
    Picture linear = Curves.over("x").series("a", -1e308, 1e308).draw();
    Picture log = Curves.over("x").series("a", 1e-300, 1e300).logScale().draw();
    for (Picture picture : List.of(linear, log)) {
      assertThat(Pixels.of(picture).bounds(Pixels.seriesColor(0, 1), BELOW_LEGEND).height)
          .isBetween(150, 360);
    }
  }

  @Test
  void makesRoomForLabelsLongerThanTheirAxis() {
    Curves curves = Curves.over("x").series("a", 1, 2).yLabel("y").size(80, 80);
    Picture shortLabels = curves.draw();
    String text = "a label that is longer than its axis";
    Picture longY = curves.yLabel(text).draw();
    Picture longBoth = Curves.over(text).series("a", 1, 2).yLabel(text).size(80, 80).draw();
    int length = Lettering.width(text, TextStyle.LABEL);
    assertThat(shortLabels.height()).isLessThan(length);
    assertThat(longY.height()).isGreaterThan(length + 2 * Theme.MARGIN);
    assertThat(Pixels.of(longY).keepsItsMargin()).isTrue();
    assertThat(Pixels.of(longBoth).keepsItsMargin()).isTrue();
    // Side by side: the one that stands begins to the left of the one that lies.
    assertThat(longBoth.width())
        .isGreaterThan(length + Lettering.height(TextStyle.LABEL) + 2 * Theme.MARGIN);
  }

  @Test
  void keepsTheNameOfAReferenceLineBesideItUnderALongLabel() {
    int side = 80;
    Axis x = Axis.linear("x", 0, 1, false);
    Plot plot = new Plot(x, Axis.linear("a label that is longer", 0, 1, false), side, side);
    assertThat(plot.originY()).isGreaterThan(20);
    Block names = new ReferenceLines().with("mean", 0.5).names(plot);
    Pixels pixels = Pixels.of(new Picture(names));
    int middle = plot.originY() + side / 2;
    int half = Lettering.height(TextStyle.TICK) / 2 + 1;
    assertThat(pixels.inked(new Rectangle(0, middle - half, names.width(), 2 * half))).isTrue();
    assertThat(pixels.inked(new Rectangle(0, 0, names.width(), middle - half))).isFalse();
  }

  @Test
  void keepsItsPictureWhateverHappensToBuilderAndArraysAfterwards() {
    double[] values = {3, 2, 1};
    Curves curves = Curves.over("epoch").series("a", values).reference("r", 2);
    Picture picture = curves.draw();
    byte[] before = picture.toPng();
    values[0] = 99;
    curves.series("b", 5, 6).reference("s", 7).size(100, 100).logScale().yLabel("y").title("t");
    assertThat(picture.toPng()).isEqualTo(before);
    assertThat(curves.draw().toPng()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsValuesThatAreNoNumbers(double value) {
    Curves curves = Curves.over("epoch");
    assertThatThrownBy(() -> curves.series("training", 1, 2, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "y[2] of curve 'training' must be a finite number, but was "
                + value
                + "; leave such values out");
    assertThatThrownBy(() -> curves.series("t", new double[] {value}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("x[0] of curve 't'");
    assertThatThrownBy(() -> curves.reference("mean image", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("reference line 'mean image'");
  }

  @Test
  void rejectsCurvesWithoutPointsOrPartners() {
    Curves curves = Curves.over("epoch");
    assertThatThrownBy(() -> curves.series("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("curve 'a' has 0 x and 0 y values");
    assertThatThrownBy(() -> curves.series("a", new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 x and 3 y values");
    assertThatThrownBy(curves::draw)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at least one curve; call series");
  }

  @Test
  void rejectsBlankNames() {
    Curves curves = Curves.over("epoch");
    assertThatThrownBy(() -> curves.series(" ", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name of a curve must not be blank");
    assertThatThrownBy(() -> curves.reference("", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name of a reference line must not be blank");
  }

  @Test
  void rejectsZeroOnALogarithmicAxis() {
    Curves curves = Curves.over("epoch").series("a", 1, 0).logScale();
    assertThatThrownBy(curves::draw)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("above zero, but one is 0.0")
        .hasMessageContaining("drop logScale()");
  }

  @Test
  void rejectsSizesOutOfRange() {
    Curves curves = Curves.over("epoch");
    assertThatThrownBy(() -> curves.size(79, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width must lie in 80 to 10000, but was 79");
    assertThatThrownBy(() -> curves.size(100, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("height must lie in 80 to 10000, but was -1");
  }
}
