package io.github.autoencoder4j.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecondStageTest {

  private static final float CONSTANT = 3.5f;

  /** A ring of radius 2 and width 0.1 around (10, -10), and a number that never changes. */
  private static float[][] ring(int n) {
    RandomStream random = RandomStream.of(1, "ring");
    float[][] codes = new float[n][];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double radius = 2 + 0.1 * random.nextGaussian();
      codes[i] =
          new float[] {
            (float) (10 + radius * Math.cos(angle)),
            (float) (-10 + radius * Math.sin(angle)),
            CONSTANT
          };
    }
    return codes;
  }

  private static double onRing(float[][] codes) {
    return Arrays.stream(codes)
            .filter(code -> Math.abs(Math.hypot(code[0] - 10, code[1] + 10) - 2) < 0.4)
            .count()
        / (double) codes.length;
  }

  @Test
  void drawsFromWhereCodesLieThoughNoGaussianDoes() {
    float[][] codes = ring(2_000);
    assertThat(onRing(codes)).isGreaterThan(0.99);
    try (SecondStage stage = SecondStage.fit(codes, 48, 7)) {
      float[][] drawn = stage.sample(2_000, 3);
      assertThat(onRing(drawn)).isGreaterThan(0.7);
      assertThat(onRing(Gaussian.shrinkage(codes).sample(2_000, 3))).isLessThan(0.4);
      // All around it, not in one place.
      for (int side = 0; side < 2; side++) {
        int axis = side;
        double center = side == 0 ? 10 : -10;
        assertThat(Arrays.stream(drawn).mapToDouble(code -> code[axis]).average().orElseThrow())
            .isCloseTo(center, within(0.35));
      }
      assertThat(List.of(drawn)).allSatisfy(code -> assertThat(code[2]).isEqualTo(CONSTANT));
      assertThat(stage.latentSize()).isEqualTo(3);
      assertThat(stage.sample(0, 3)).isEmpty();
    }
  }

  @Test
  void theSameSeedDrawsTheSame() {
    float[][] codes = ring(300);
    try (SecondStage one = SecondStage.fit(codes, 8, 7);
        SecondStage other = SecondStage.fit(codes, 8, 7)) {
      assertThat(one.sample(20, 5)).isDeepEqualTo(other.sample(20, 5));
      assertThat(Arrays.deepEquals(one.sample(20, 5), one.sample(20, 6))).isFalse();
    }
  }

  @Test
  void refusesWhatItCannotLearnFrom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecondStage.fit(ring(10), 7, 1))
        .withMessageContaining("at least 8 epochs")
        .withMessageContaining("was given 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecondStage.fit(new float[][] {{1, 2}, {1, 2}}, 8, 1))
        .withMessageContaining("all equal");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecondStage.fit(new float[][] {{1}}, 8, 1))
        .withMessageContaining("at least 2 codes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecondStage.fit(new float[][] {{1}, {Float.NaN}}, 8, 1))
        .withMessageContaining("NaN");
  }
}
