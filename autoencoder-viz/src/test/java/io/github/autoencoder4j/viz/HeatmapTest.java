package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class HeatmapTest {

  /** Where the cells of a heat map of the given sides lie, found by its frame. */
  private static Rectangle cells(Pixels pixels, int width, int height) {
    Rectangle frames = pixels.bounds(Theme.FRAME.getRGB() & 0xffffff, 0);
    int left = frames.x;
    // The first ticks stand out from the left frame by their length.
    return new Rectangle(left + Theme.TICK_LENGTH + 1, frames.y + 1, width, height);
  }

  @Test
  void colorsEachValueInItsPlace() {
    double[][] values = {{0, 1, 2}, {3, 4, 5}};
    Pixels pixels = Pixels.of(Heatmap.of(values).draw());
    int cell = 52;
    Rectangle area = cells(pixels, 3 * cell, 2 * cell);
    for (int y = 0; y < area.height; y++) {
      for (int x = 0; x < area.width; x++) {
        int expected = ColorMap.VIRIDIS.rgb(values[y / cell][x / cell] / 5);
        assertThat(pixels.at(area.x + x, area.y + y)).isEqualTo(expected);
      }
    }
  }

  @Test
  void writesValuesIntoTheCells() {
    double[][] values = {{1, 1}, {1, 2}};
    Pixels plain = Pixels.of(Heatmap.of(values).draw());
    Pixels printed = Pixels.of(Heatmap.of(values).printValues(1).draw());
    Rectangle topLeft =
        new Rectangle(cells(plain, 52, 52).x + 1, cells(plain, 52, 52).y + 1, 48, 48);
    assertThat(colors(plain, topLeft)).isEqualTo(1);
    assertThat(colors(printed, topLeft)).isGreaterThan(1);
  }

  @Test
  void writesNoSignBeforeAZero() {
    assertThat(printed(-0.04)).isEqualTo(printed(0));
    assertThat(printed(-0.06)).isNotEqualTo(printed(0.06));
    assertThat(Numbers.fixed(-0.0, 0)).isEqualTo("0");
    assertThat(Numbers.fixed(-1234.56, 1)).isEqualTo("\u22121,234.6");
    assertThat(Numbers.fixed(-0.06, 1)).isEqualTo("\u22120.1");
  }

  /** Below 0 in the colour of 0, so that the text alone may differ. */
  private static byte[] printed(double value) {
    return Heatmap.of(new double[][] {{value, 1}}).range(0.1, 1).printValues(1).draw().toPng();
  }

  private static long colors(Pixels pixels, Rectangle area) {
    return IntStream.range(0, area.width * area.height)
        .map(i -> pixels.at(area.x + i % area.width, area.y + i / area.width))
        .distinct()
        .count();
  }

  @Test
  void centresDivergingColoursOnZero() {
    assertThat(ColorScale.covering(ColorMap.DIVERGING, -1, 4))
        .isEqualTo(new ColorScale(ColorMap.DIVERGING, -4, 4));
    assertThat(ColorScale.covering(ColorMap.DIVERGING, 0, 0))
        .isEqualTo(new ColorScale(ColorMap.DIVERGING, -1, 1));
    assertThat(ColorScale.covering(ColorMap.VIRIDIS, -1, 4))
        .isEqualTo(new ColorScale(ColorMap.VIRIDIS, -1, 4));
  }

  @Property
  void coversARangeOfOneValue(@ForAll @DoubleRange(min = -1e6, max = 1e6) double value) {
    ColorScale scale = ColorScale.covering(ColorMap.VIRIDIS, value, value);
    assertThat(scale.min()).isLessThan(value);
    assertThat(scale.max()).isGreaterThan(value);
    assertThat(Heatmap.of(new double[][] {{value}}).draw().width()).isPositive();
  }

  @Test
  void comparesByAFixedRange() {
    Pixels pixels = Pixels.of(Heatmap.of(new double[][] {{5, 20}}).range(0, 10).draw());
    Rectangle area = cells(pixels, 104, 52);
    assertThat(pixels.at(area.x + 26, area.y + 26)).isEqualTo(ColorMap.VIRIDIS.rgb(0.5));
    assertThat(pixels.at(area.x + 78, area.y + 26)).isEqualTo(ColorMap.VIRIDIS.rgb(1));
  }

  @Test
  void makesRoomForLongNamesAndManyCells() {
    String name = "a column with quite a long name";
    Picture named = Heatmap.of(new double[1][3]).columns("sent with", name, name, name).draw();
    assertThat(named.width()).isGreaterThan(3 * Lettering.width(name, TextStyle.TICK));
    Picture large = Heatmap.of(new double[1_024][1_024]).draw();
    assertThat(large.width()).isBetween(1_024, 1_300);
  }

  @Test
  void makesRoomForLabelsLongerThanTheirAxis() {
    String text = "a label that is longer than its axis";
    Heatmap low = Heatmap.of(new double[1][3]);
    assertThat(Pixels.of(low.rows(text, "none").draw()).keepsItsMargin()).isTrue();
    assertThat(Pixels.of(low.columns(text, "a", "b", "c").draw()).keepsItsMargin()).isTrue();
    assertThat(Pixels.of(Heatmap.of(new double[1][3]).valueLabel(text).draw()).keepsItsMargin())
        .isTrue();
  }

  @Test
  void keepsCellsAndColourBarInLineWhicheverLabelIsLonger() {
    String text = "a label that is longer than its axis";
    List<Heatmap> maps = new ArrayList<>();
    for (String rows : List.of("", text)) {
      for (String value : List.of("", text)) {
        maps.add(Heatmap.of(new double[][] {{1, 0}}).rows(rows, "none").valueLabel(value));
      }
    }
    int largest = ColorMap.VIRIDIS.rgb(1);
    for (Heatmap map : maps) {
      Pixels pixels = Pixels.of(map.draw());
      // From the left cell to the upper end of the bar.
      Rectangle found = pixels.bounds(largest, 0);
      assertThat(found.width).isGreaterThan(104);
      assertThat(pixels.at(found.x, found.y)).isEqualTo(largest);
      assertThat(pixels.at(found.x + found.width - 1, found.y)).isEqualTo(largest);
    }
  }

  @Test
  void keepsTheNamesOfManyRowsApart() {
    int rows = 60;
    String[] names = IntStream.range(0, rows).mapToObj(i -> "row " + i).toArray(String[]::new);
    assertThat(Heatmap.of(new double[rows][2]).rows("", names).draw().height())
        .isGreaterThan(rows * Lettering.height(TextStyle.TICK));
  }

  @Test
  void drawsValuesThatAreEqualButForRounding() {
    ColorScale scale = ColorScale.covering(ColorMap.VIRIDIS, 0.3, 0.1 + 0.2);
    assertThat(scale.rgb(0.3)).isEqualTo(ColorMap.VIRIDIS.rgb(0.5));
    Heatmap map = Heatmap.of(new double[][] {{0.1 + 0.2, 0.3}});
    assertThat(map.draw().width()).isPositive();
    // A range that is narrower than its axis can be: the bar shows what lies beyond it.
    assertThat(map.range(0.3, 0.1 + 0.2).draw().width()).isPositive();
  }

  @Test
  void drawsTheLargestNumbers() {
    double largest = Double.MAX_VALUE;
    for (ColorMap colors : ColorMap.values()) {
      Picture picture = Heatmap.of(new double[][] {{-largest, 0, largest}}).colors(colors).draw();
      Pixels pixels = Pixels.of(picture);
      Rectangle area = cells(pixels, 156, 52);
      assertThat(pixels.at(area.x + 26, area.y + 26)).isEqualTo(colors.rgb(0));
      assertThat(pixels.at(area.x + 78, area.y + 26)).isEqualTo(colors.rgb(0.5));
      assertThat(pixels.at(area.x + 130, area.y + 26)).isEqualTo(colors.rgb(1));
      assertThat(Heatmap.of(new double[][] {{-largest}}).colors(colors).draw().width())
          .isBetween(100, 400);
    }
    assertThat(ColorScale.covering(ColorMap.DIVERGING, 0, Double.MIN_VALUE))
        .isEqualTo(new ColorScale(ColorMap.DIVERGING, -1, 1));
  }

  @Test
  void keepsItsPictureWhateverHappensToBuilderAndArraysAfterwards() {
    double[][] values = {{1, 2}};
    Heatmap heatmap = Heatmap.of(values).columns("c", "x", "y");
    Picture picture = heatmap.draw();
    byte[] before = picture.toPng();
    values[0][0] = 9;
    heatmap.printValues(3).colors(ColorMap.GREY).range(0, 100).valueLabel("changed");
    assertThat(picture.toPng()).isEqualTo(before);
    assertThat(heatmap.draw().toPng()).isNotEqualTo(before);
  }

  @Test
  void rejectsWhatIsNoMatrixOfNumbers() {
    assertThatThrownBy(() -> Heatmap.of(new double[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one value");
    assertThatThrownBy(() -> Heatmap.of(new double[2][0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one value");
    assertThatThrownBy(() -> Heatmap.of(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1 has 1 values, but row 0 has 2");
    assertThatThrownBy(() -> Heatmap.of(new double[][] {{1, Double.NaN}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("values[0][1] must be a finite number, but was NaN");
  }

  @Test
  void rejectsNamesAndNumbersThatDoNotFit() {
    Heatmap heatmap = Heatmap.of(new double[2][3]);
    assertThatThrownBy(() -> heatmap.rows("", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 row names for 2 rows; give one for each");
    assertThatThrownBy(() -> heatmap.columns("", "a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 column names for 3 columns; give one for each");
    assertThatThrownBy(() -> heatmap.printValues(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decimals must lie in 0 to 9, but was -1");
    assertThatThrownBy(() -> heatmap.range(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("goes from 1.0 to 1.0");
    assertThatThrownBy(() -> heatmap.range(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("goes from NaN to 1.0");
  }
}
