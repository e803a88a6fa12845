package io.github.autoencoder4j.viz.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class HalvesTest {

  /** The numbers of the format between 0 and 1 are 0x0000 to 0x3c00, in order. */
  @Test
  void keepsEveryNumberOfTheFormat() {
    float before = -1;
    for (int bits = 0; bits <= 0x3c00; bits++) {
      float value = Halves.toFloat((short) bits);

      assertThat(value).isGreaterThan(before);
      assertThat(Halves.of(value)).isEqualTo((short) bits);
      assertThat(Halves.toFloat((short) (bits | 0x8000))).isEqualTo(-value);
      before = value;
    }
    assertThat(before).isEqualTo(1);
    assertThat(Halves.toFloat((short) 1)).isEqualTo(0x1p-24f);
    assertThat(Halves.toFloat((short) 0x3555)).isEqualTo(0x1.554p-2f);
  }

  @Property
  void roundsToTheNearest(@ForAll @FloatRange(min = -1, max = 1) float value) {
    short half = Halves.of(value);
    double error = Math.abs((double) Halves.toFloat(half) - value);

    for (int neighbor : new int[] {half - 1, half + 1}) {
      if ((neighbor & 0x7fff) <= 0x3c00) {
        assertThat(error)
            .isLessThanOrEqualTo(Math.abs((double) Halves.toFloat((short) neighbor) - value));
      }
    }
  }

  @Test
  void refusesWhatTheScaleDoesNotHold() {
    for (float value : new float[] {1.01f, -2, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Halves.of(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("halves are for numbers in [-1, 1], not " + value);
    }
  }
}
