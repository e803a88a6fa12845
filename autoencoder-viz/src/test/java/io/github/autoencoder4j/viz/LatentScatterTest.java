package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatentScatterTest {

  private static final int SIDE = 400;

  /** Finds the area between the axes: the frame is the only thing of its colour that large. */
  private static Rectangle area(Pixels pixels) {
    Rectangle frame = pixels.bounds(Theme.FRAME.getRGB() & 0xffffff, 0);
    // The ticks stand out at the left and below.
    return new Rectangle(frame.x + frame.width - 1 - SIDE, frame.y + 1, SIDE, SIDE);
  }

  /** Where the points of a class lie, found by the colour that they have over white. */
  private static double[] centre(Pixels pixels, Rectangle area, int label, int classes) {
    int rgb = Pixels.seriesColor(label, classes);
    double sumX = 0;
    double sumY = 0;
    int count = 0;
    for (int y = area.y; y < area.y + area.height; y++) {
      for (int x = area.x; x < area.x + area.width; x++) {
        if (resembles(pixels.at(x, y), rgb)) {
          sumX += x - area.x + 0.5;
          sumY += y - area.y + 0.5;
          count++;
        }
      }
    }
    assertThat(count).as("pixels of class %d", label).isPositive();
    return new double[] {sumX / count, sumY / count};
  }

  /** Whether a pixel is the colour, at about the opacity of a point, over white. */
  private static boolean resembles(int pixel, int rgb) {
    int distance = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double over = 255 + 0.82 * ((rgb >> shift & 255) - 255);
      distance += (int) Math.abs((pixel >> shift & 255) - over);
    }
    return distance < 30;
  }

  @Test
  void drawsZ1ToTheRightAndZ2Upwards() {
    // Blank names, for a name stands at the median of its class and would hide its only point.
    float[][] codes = {{-1, -1}, {3, -1}, {-1, 3}};
    Pixels pixels =
        Pixels.of(
            LatentScatter.of(codes, new int[] {0, 1, 2})
                .classNames(" ", " ", " ")
                .size(SIDE)
                .draw());
    Rectangle area = area(pixels);
    double[] origin = centreAround(pixels, area, 0);
    double[] right = centreAround(pixels, area, 1);
    double[] above = centreAround(pixels, area, 2);
    assertThat(right[0] - origin[0]).isGreaterThan(0.8 * SIDE);
    assertThat(right[1]).isCloseTo(origin[1], within(6.0));
    assertThat(origin[1] - above[1]).isGreaterThan(0.8 * SIDE);
    assertThat(above[0]).isCloseTo(origin[0], within(6.0));
  }

  private static double[] centreAround(Pixels pixels, Rectangle area, int label) {
    return centre(pixels, area, label, 3);
  }

  @Test
  void letsNoClassCoverAnother() {
    // Two classes on the very same 400 places, one after the other in the data.
    int places = 400;
    float[][] codes = new float[2 * places][];
    int[] labels = new int[2 * places];
    for (int i = 0; i < codes.length; i++) {
      int place = i % places;
      int row = place / 20;
      codes[i] = new float[] {place % 20, row};
      labels[i] = i / places;
    }
    Pixels pixels =
        Pixels.of(LatentScatter.of(codes, labels).classNames(" ", " ").size(SIDE).draw());
    Rectangle area = area(pixels);
    int first = Pixels.seriesColor(0, 2);
    int second = Pixels.seriesColor(1, 2);
    int firstOnTop = 0;
    int found = 0;
    for (int i = 0; i < places; i++) {
      // The axes reach 3 % beyond the points, on either side.
      double x = (i % 20 / 19.0 + 0.03) / 1.06 * SIDE;
      int row = i / 20;
      double y = SIDE - (row / 19.0 + 0.03) / 1.06 * SIDE;
      int pixel = pixels.at(area.x + (int) x, area.y + (int) y);
      if (pixel != Pixels.WHITE) {
        found++;
        firstOnTop += distance(pixel, first) < distance(pixel, second) ? 1 : 0;
      }
    }
    assertThat(found).isGreaterThan(350);
    assertThat(firstOnTop).isBetween(found * 35 / 100, found * 65 / 100);
  }

  private static int distance(int a, int b) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      sum += Math.abs((a >> shift & 255) - (b >> shift & 255));
    }
    return sum;
  }

  @Test
  void outlinesTheSamplingBoxInsideTheAxes() {
    float[][] codes = {{0, 0}};
    Pixels without = Pixels.of(LatentScatter.of(codes).size(SIDE).draw());
    Pixels with =
        Pixels.of(
            LatentScatter.of(codes)
                .box(new double[] {-1, -2}, new double[] {1, 2})
                .size(SIDE)
                .draw());
    // The axes follow the box, 3 % beyond it on either side.
    int left = (int) (0.03 / 1.06 * SIDE);
    assertThat(darkest(with, new Rectangle(area(with).x + left - 2, area(with).y + 200, 5, 1)))
        .isLessThan(0x60);
    assertThat(
            darkest(
                without, new Rectangle(area(without).x + left - 2, area(without).y + 200, 5, 1)))
        .isGreaterThan(0xc0);
  }

  private static int darkest(Pixels pixels, Rectangle area) {
    return IntStream.range(area.x, area.x + area.width)
        .map(x -> pixels.at(x, area.y) & 255)
        .min()
        .orElseThrow();
  }

  @Test
  void cutsNoNameAtTheFrame() {
    float[][] codes = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
    Pixels pixels =
        Pixels.of(
            LatentScatter.of(codes, new int[] {0, 1, 2, 3})
                .classNames("ankle boot", "sandal", "T-shirt/top", "pullover")
                .size(SIDE)
                .draw());
    Rectangle area = area(pixels);
    for (int y = area.y; y < area.y + SIDE; y++) {
      for (int x : new int[] {area.x, area.x + SIDE - 1}) {
        assertThat(darkest(pixels, new Rectangle(x, y, 1, 1))).isGreaterThan(0xc0);
      }
    }
  }

  @Test
  void showsSixtyTwoClasses() {
    int[] labels = IntStream.range(0, 620).map(i -> i % 62).toArray();
    float[][] codes =
        Arrays.stream(labels).mapToObj(l -> new float[] {l, -l}).toArray(float[][]::new);
    Pixels pixels = Pixels.of(LatentScatter.of(codes, labels).draw());
    for (int label = 0; label < 62; label++) {
      // The swatch of each class in the legend.
      Rectangle swatch = pixels.bounds(Pixels.seriesColor(label, 62), 0);
      assertThat(swatch.width).isGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void drawsTheSameInAnyOrderOfSetters() {
    float[][] codes = {{0, 1}, {1, 0}};
    int[] labels = {0, 1};
    double[] low = {0, 0};
    double[] high = {1, 1};
    byte[] one =
        LatentScatter.of(codes, labels)
            .title("t")
            .box(low, high)
            .classNames("a", "b")
            .size(100)
            .draw()
            .toPng();
    byte[] other =
        LatentScatter.of(codes, labels)
            .size(100)
            .classNames("a", "b")
            .box(low, high)
            .title("t")
            .draw()
            .toPng();
    assertThat(one).isEqualTo(other);
  }

  @Test
  void keepsItsPictureWhateverHappensToBuilderAndArraysAfterwards() {
    float[][] codes = {{0, 1}, {1, 0}};
    int[] labels = {0, 1};
    double[] low = {0, 0};
    List<String> names = new ArrayList<>(List.of("a", "b"));
    LatentScatter scatter =
        LatentScatter.of(codes, labels).box(low, new double[] {1, 1}).classNames(names);
    Picture picture = scatter.draw();
    byte[] before = picture.toPng();
    codes[0][0] = 9;
    labels[0] = 1;
    low[0] = -9;
    names.set(0, "changed");
    scatter.classNames("x", "y").size(100).box(new double[] {-5, -5}, new double[] {5, 5});
    assertThat(picture.toPng()).isEqualTo(before);
    assertThat(scatter.draw().toPng()).isNotEqualTo(before);
  }

  @Test
  void rejectsCodesThatAreNotPairsOfNumbers() {
    assertThatThrownBy(() -> LatentScatter.of(new float[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one code, but got none");
    assertThatThrownBy(() -> LatentScatter.of(new float[][] {{1, 2}, {1, 2, 3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("code 1 has 3 values, but a scatter plot shows 2")
        .hasMessageContaining("project");
    assertThatThrownBy(() -> LatentScatter.of(new float[][] {{1, Float.NaN}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z2 of code 0 must be a finite number, but was NaN");
  }

  @Test
  void rejectsLabelsThatDoNotFit() {
    float[][] codes = new float[2][2];
    assertThatThrownBy(() -> LatentScatter.of(codes, new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 labels for 2 codes; give one for each code, or none");
    assertThatThrownBy(() -> LatentScatter.of(codes, new int[] {0, -1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a label must lie in 0 to 999, but was -1");
    LatentScatter scatter = LatentScatter.of(codes, new int[] {0, 4});
    assertThatThrownBy(() -> scatter.classNames("a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 class names, but the largest label is 4");
  }

  @Test
  void rejectsBoxesTurnedInsideOut() {
    LatentScatter scatter = LatentScatter.of(new float[1][2]);
    double[] zero = {0, 0};
    assertThatThrownBy(() -> scatter.box(zero, new double[] {1, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z2 goes from 0.0 to 0.0");
    assertThatThrownBy(() -> scatter.box(zero, new double[] {Double.NaN, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z1 goes from 0.0 to NaN");
    assertThatThrownBy(() -> scatter.box(new double[3], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 low and 2 high values, but got 3 and 2");
  }
}
