package io.github.autoencoder4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowsTest {

  @Test
  void cutsAsDrawnByHand() {
    float[][] series = {{1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}, {6, 60}};
    assertThat(Windows.of(3, 2).cut(series))
        .isDeepEqualTo(new float[][] {{1, 2, 3, 10, 20, 30}, {3, 4, 5, 30, 40, 50}});
    assertThat(Windows.of(2, 4).cut(series))
        .isDeepEqualTo(new float[][] {{1, 2, 10, 20}, {5, 6, 50, 60}});
    assertThat(Windows.of(7, 1).count(6)).isZero();
  }

  @Test
  void spreadsTheMeanOfWindowsOverTimes() {
    double[][] rows = {{1, 2, 3, 10, 20, 30}, {5, 6, 7, 50, 60, 70}};
    assertThat(Windows.of(3, 2).perTime(rows, 2))
        .isDeepEqualTo(new double[][] {{1, 10}, {2, 20}, {4, 40}, {6, 60}, {7, 70}});
    assertThat(Windows.of(1, 2).perTime(new double[][] {{1}, {3}}, 1))
        .isDeepEqualTo(new double[][] {{1}, {0}, {3}});
  }

  @Property(tries = 200)
  void whatWasCutIsPutTogetherAgain(
      @ForAll @IntRange(min = 1, max = 9) int length,
      @ForAll @IntRange(min = 1, max = 9) int hop,
      @ForAll @IntRange(min = 1, max = 40) int times,
      @ForAll @IntRange(min = 1, max = 3) int channels) {
    Windows windows = Windows.of(length, hop);
    float[][] series = new float[times][channels];
    RandomStream random = RandomStream.of(length, "series", hop);
    for (float[] time : series) {
      for (int c = 0; c < channels; c++) {
        time[c] = random.nextFloat();
      }
    }
    if (windows.count(times) == 0) {
      assertThatThrownBy(() -> windows.cut(series))
          .hasMessage(
              "a window has %s times, but the series has only %s; choose shorter windows"
                  .formatted(length, times));
      return;
    }
    float[][] rows = windows.cut(series);
    assertThat(rows).hasDimensions(windows.count(times), channels * length);
    double[][] split = new double[rows.length][channels * length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        split[i][j] = rows[i][j];
      }
    }
    double[][] again = windows.perTime(split, channels);
    assertThat(times - again.length).isBetween(0, hop - 1);
    for (int t = 0; t < again.length; t++) {
      for (int c = 0; c < channels; c++) {
        double expected = t % hop < length || t >= again.length - length ? series[t][c] : 0;
        assertThat(again[t][c]).isCloseTo(expected, within(1e-7));
      }
    }
  }

  @Test
  void refusesWhatCannotBeCut() {
    assertThatThrownBy(() -> Windows.of(0, 1)).hasMessageContaining("0 and 1");
    assertThatThrownBy(() -> Windows.of(1, 0)).hasMessageContaining("1 and 0");
    assertThatThrownBy(() -> Windows.of(1, 1).cut(new float[][] {{1, 2}, {3}}))
        .hasMessageContaining("time 1 has 1 and time 0 has 2");
    assertThatThrownBy(() -> Windows.of(1, 1).cut(new float[][] {{}}))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> Windows.of(2, 1).perTime(new double[][] {{1, 2, 3}}, 2))
        .hasMessageContaining("has 4 values, but row 0 has 3");
    assertThatThrownBy(() -> Windows.of(2, 1).perTime(new double[0][], 0))
        .hasMessageContaining("channels must be at least 1");
  }
}
