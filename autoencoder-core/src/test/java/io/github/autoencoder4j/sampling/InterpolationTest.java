package io.github.autoencoder4j.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InterpolationTest {

  @Test
  void linearStepsAreEven() {
    assertThat(Interpolation.linear(new float[] {0, 4}, new float[] {2, 0}, 3))
        .isDeepEqualTo(new float[][] {{0, 4}, {1, 2}, {2, 0}});
  }

  @Property
  void sphericalStepsKeepUnitPower(@ForAll long seed) {
    float[][] ends =
        Box.of(new double[] {-1, -1, -1, -1}, new double[] {1, 1, 1, 1})
            .powerNormalized()
            .sample(2, seed);
    float[][] walk = Interpolation.spherical(ends[0], ends[1], 7);
    for (float[] code : walk) {
      assertThat(Interpolation.norm(code)).isCloseTo(2, within(1e-5));
    }
    double step = distance(walk[0], walk[1]);
    for (int i = 1; i < 6; i++) {
      assertThat(distance(walk[i], walk[i + 1])).isCloseTo(step, within(1e-5));
    }
    assertThat(distance(walk[0], ends[0])).isLessThan(1e-6);
    assertThat(distance(walk[6], ends[1])).isLessThan(1e-6);
  }

  @Test
  void sphericalStepsMoveTheNormEvenly() {
    float[][] walk = Interpolation.spherical(new float[] {1, 0}, new float[] {0, 3}, 3);
    assertThat(walk[1][0]).isCloseTo((float) Math.sqrt(2), within(1e-6f));
    assertThat(walk[1][1]).isCloseTo((float) Math.sqrt(2), within(1e-6f));
  }

  @Test
  void sphericalStepsBetweenEqualCodesStay() {
    float[] code = {1, 2};
    assertThat(Interpolation.spherical(code, code, 2)).isDeepEqualTo(new float[][] {code, code});
  }

  @Test
  void rejectsCodesWithoutAnArc() {
    float[] code = {1, 2};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interpolation.spherical(code, new float[2], 2))
        .withMessageContaining("zeros");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interpolation.spherical(code, new float[] {-2, -4}, 2))
        .withMessageContaining("opposite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interpolation.linear(code, new float[3], 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Interpolation.linear(code, code, 1));
  }

  private static double distance(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(sum);
  }
}
