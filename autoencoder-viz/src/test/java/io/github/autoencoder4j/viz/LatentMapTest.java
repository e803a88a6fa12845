package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.data.ImageShape;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LatentMapTest {

  private static final ImageShape PIXEL = new ImageShape(1, 1, 3);
  private static final double[] LOW = {-1, 10};
  private static final double[] HIGH = {1, 20};

  /** Red tells z1, green tells z2, both from 0 at the low end to 1 at the high end. */
  private static float[][] decode(float[][] codes) {
    return Arrays.stream(codes)
        .map(z -> new float[] {(z[0] + 1) / 2, (z[1] - 10) / 10, 0.5f})
        .toArray(float[][]::new);
  }

  @Test
  void growsToTheRightAndUpwards() {
    int columns = 4;
    int rows = 3;
    int factor = 30;
    Pixels pixels =
        Pixels.of(
            LatentMap.over(LOW, HIGH)
                .cells(columns, rows)
                .magnify(factor)
                .draw(PIXEL, LatentMapTest::decode));
    Rectangle frame = pixels.bounds(Theme.FRAME.getRGB() & 0xffffff, 0);
    int left = frame.x + frame.width - 1 - columns * factor;
    int top = frame.y + 1;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int red = (int) Math.round(255 * (column + 0.5) / columns);
        int green = (int) Math.round(255 * (1 - (row + 0.5) / rows));
        Rectangle cell = new Rectangle(left + column * factor, top + row * factor, factor, factor);
        assertUniform(pixels, cell, red << 16 | green << 8 | 0x80);
      }
    }
  }

  private static void assertUniform(Pixels pixels, Rectangle cell, int expected) {
    for (int y = cell.y; y < cell.y + cell.height; y++) {
      for (int x = cell.x; x < cell.x + cell.width; x++) {
        int actual = pixels.at(x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
          assertThat(actual >> shift & 255).isCloseTo(expected >> shift & 255, within(1));
        }
      }
    }
  }

  @Property
  void takesItsCodesFromTheMiddlesOfEqualCells(
      @ForAll @DoubleRange(min = -10, max = 10) double low,
      @ForAll @DoubleRange(min = 0.1, max = 10) double length,
      @ForAll @IntRange(min = 1, max = 12) int columns,
      @ForAll @IntRange(min = 1, max = 12) int rows) {
    float[][] codes =
        LatentMap.over(new double[] {low, 0}, new double[] {low + length, 1})
            .cells(columns, rows)
            .codes();
    assertThat(codes).hasDimensions(rows * columns, 2);
    for (int i = 0; i < codes.length; i++) {
      int row = i / columns;
      double z1 = low + length * (i % columns + 0.5) / columns;
      double z2 = 1 - (row + 0.5) / rows;
      assertThat((double) codes[i][0]).isCloseTo(z1, within(1e-5));
      assertThat((double) codes[i][1]).isCloseTo(z2, within(1e-5));
    }
  }

  @Test
  void decodesAllCodesInOneCall() {
    AtomicInteger calls = new AtomicInteger();
    LatentMap.over(LOW, HIGH)
        .cells(5, 4)
        .draw(
            PIXEL,
            codes -> {
              calls.incrementAndGet();
              assertThat(codes).hasDimensions(20, 2);
              return decode(codes);
            });
    assertThat(calls).hasValue(1);
  }

  @Test
  void drawsImagesDecodedBeforeTheSameWay() {
    LatentMap map = LatentMap.over(LOW, HIGH).cells(3, 3).magnify(20);
    assertThat(map.draw(PIXEL, decode(map.codes())).toPng())
        .isEqualTo(map.draw(PIXEL, LatentMapTest::decode).toPng());
  }

  @Test
  void hasTwentyCellsEachWayUnlessToldOtherwise() {
    assertThat(LatentMap.over(LOW, HIGH).codes()).hasDimensions(400, 2);
  }

  @Test
  void keepsItsPictureWhateverHappensToTheBuilderAfterwards() {
    LatentMap map = LatentMap.over(LOW, HIGH).cells(4, 4).magnify(20);
    Picture picture = map.draw(PIXEL, LatentMapTest::decode);
    byte[] before = picture.toPng();
    map.cells(2, 2).magnify(3).title("changed");
    assertThat(picture.toPng()).isEqualTo(before);
  }

  @Test
  void rejectsDecodersThatLoseImages() {
    LatentMap map = LatentMap.over(LOW, HIGH).cells(4, 3);
    assertThatThrownBy(() -> map.draw(PIXEL, codes -> new float[11][3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the map has 3 x 4 cells and needs as many images, but got 11; decode codes()");
  }

  @Test
  void rejectsWrongShapesAndNumbers() {
    LatentMap map = LatentMap.over(LOW, HIGH).cells(1, 1);
    assertThatThrownBy(() -> map.draw(new ImageShape(1, 1, 2), new float[1][2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shape 1x1x2 has 2");
    assertThatThrownBy(() -> map.draw(PIXEL, new float[][] {{0, Float.NaN, 0}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds NaN at position 1");
    assertThatThrownBy(() -> map.cells(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns must lie in 1 to 1000, but was 0");
    assertThatThrownBy(() -> map.magnify(-2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("magnification must lie in 1 to 256, but was -2");
    assertThatThrownBy(() -> LatentMap.over(HIGH, LOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("z1 goes from 1.0 to -1.0");
  }

  @Test
  void rejectsMapsTooLargeToShow() {
    LatentMap map = LatentMap.over(LOW, HIGH).cells(1_000, 1_000).magnify(256);
    float[][] decoded = new float[1_000_000][];
    Arrays.fill(decoded, new float[3]);
    assertThatThrownBy(() -> map.draw(PIXEL, decoded))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 100 million");
  }
}
