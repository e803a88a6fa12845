package io.github.autoencoder4j.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoxTest {

  private static final Box BOX = Box.of(new double[] {-1, 2}, new double[] {3, 4});

  @Test
  void spansTheQuantilesOfEachDimension() {
    float[][] codes = new float[201][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = new float[] {200 - i, i * i};
    }
    assertThat(Box.quantiles(codes).lower()).containsExactly(2, 4);
    assertThat(Box.quantiles(codes).upper()).containsExactly(198, 198 * 198);
    assertThat(Box.quantiles(codes, 0.25, 0.5).upper()).containsExactly(100, 10_000);
    assertThat(Box.minMax(codes))
        .isEqualTo(Box.of(new double[2], new double[] {200, 40_000}))
        .hasSameHashCodeAs(Box.of(new double[2], new double[] {200, 40_000}));
  }

  @Test
  void drawsUniformlyAndReproducibly() {
    float[][] codes = BOX.sample(20_000, 7);
    assertThat(codes).isDeepEqualTo(BOX.sample(20_000, 7));
    assertThat(BOX.sample(1, 8)[0]).isNotEqualTo(codes[0]);
    double[] mean = Codes.mean(codes);
    assertThat(mean[0]).isCloseTo(1, within(0.03));
    assertThat(mean[1]).isCloseTo(3, within(0.03));
    for (float[] code : codes) {
      assertThat(BOX.logDensity(code)).isEqualTo(-Math.log(8), within(1e-12));
    }
    assertThat(BOX.logDensity(new float[] {0, 5})).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void gridRunsLikeAPicture() {
    float[][] grid = BOX.grid(2, 3);
    assertThat(grid)
        .isDeepEqualTo(new float[][] {{-1, 4}, {1, 4}, {3, 4}, {-1, 2}, {1, 2}, {3, 2}});
  }

  @Test
  void readsAsAnInterval() {
    assertThat(BOX).hasToString("[-1.00, 3.00] x [2.00, 4.00]");
  }

  @Test
  void doesNotLeakItsCorners() {
    BOX.lower()[0] = 99;
    BOX.upper()[0] = 99;
    assertThat(BOX).hasToString("[-1.00, 3.00] x [2.00, 4.00]");
  }

  @Test
  void rejectsBoxesWithoutWidth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Box.quantiles(new float[][] {{1, 2}, {3, 2}}))
        .withMessageContaining("dimension 1")
        .withMessageContaining("hardly varies");
    assertThatIllegalArgumentException().isThrownBy(() -> Box.of(new double[0], new double[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> Box.of(new double[1], new double[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Box.of(new double[1], new double[] {Double.NaN}));
  }

  @Test
  void rejectsBadArguments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Box.quantiles(new float[1][2]))
        .withMessageContaining("at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Box.minMax(new float[][] {{1}, {Float.NaN}}))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Box.minMax(new float[][] {{1}, {1, 2}}))
        .withMessageContaining("code 1 has 2");
    assertThatIllegalArgumentException().isThrownBy(() -> Box.quantiles(new float[2][2], 0.5, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Box.quantiles(new float[2][2], 0, 1.01));
    assertThatIllegalArgumentException().isThrownBy(() -> BOX.sample(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> BOX.grid(1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> BOX.logDensity(new float[3]));
    assertThatIllegalStateException()
        .isThrownBy(() -> Box.of(new double[1], new double[] {1}).grid(2, 2));
  }
}
