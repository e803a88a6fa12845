package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColorMapTest {

  @Test
  void passesThroughThePublishedPoints() {
    assertThat(ColorMap.VIRIDIS.rgb(0)).isEqualTo(0x440154);
    assertThat(ColorMap.VIRIDIS.rgb(0.5)).isEqualTo(0x21908c);
    assertThat(ColorMap.VIRIDIS.rgb(1)).isEqualTo(0xfde725);
    assertThat(ColorMap.DIVERGING.rgb(0)).isEqualTo(0x3b4cc0);
    assertThat(ColorMap.DIVERGING.rgb(0.5)).isEqualTo(0xdddddd);
    assertThat(ColorMap.DIVERGING.rgb(1)).isEqualTo(0xb40426);
    assertThat(ColorMap.GREY.rgb(0.5)).isEqualTo(0x808080);
  }

  @Test
  void interpolatesBetweenItsPoints() {
    // Halfway between 0x440154 and 0x482576.
    assertThat(ColorMap.VIRIDIS.rgb(0.05)).isEqualTo(0x461365);
  }

  @ParameterizedTest
  @EnumSource
  void showsValuesOutsideAsTheNearerEnd(ColorMap map) {
    assertThat(map.rgb(-3)).isEqualTo(map.rgb(0));
    assertThat(map.rgb(Double.POSITIVE_INFINITY)).isEqualTo(map.rgb(1));
    assertThat(map.rgb(0)).isNotEqualTo(map.rgb(1));
  }

  @Property
  void viridisGetsLighterAllTheWay(
      @ForAll @DoubleRange(min = 0, max = 1) double a,
      @ForAll @DoubleRange(min = 0, max = 1) double b) {
    double lower = Math.min(a, b);
    double higher = Math.max(a, b);
    // One step of rounding in each of the three channels.
    assertThat(luma(ColorMap.VIRIDIS.rgb(higher)))
        .isGreaterThanOrEqualTo(luma(ColorMap.VIRIDIS.rgb(lower)) - 1);
  }

  @ParameterizedTest
  @EnumSource
  void rejectsNan(ColorMap map) {
    assertThatThrownBy(() -> map.rgb(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  private static double luma(int rgb) {
    return 0.2126 * (rgb >> 16 & 255) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255);
  }
}
