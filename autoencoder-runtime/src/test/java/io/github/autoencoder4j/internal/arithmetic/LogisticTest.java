package io.github.autoencoder4j.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

class LogisticTest {

  private static float[] of(float... z) {
    float[] y = new float[z.length];
    Logistic.of(z, y, 0, z.length);
    return y;
  }

  /** The slow twin. */
  private static double exact(float z) {
    return 1 / (1 + Math.exp(-(double) z));
  }

  @Property(tries = 20_000)
  void isThatOfTheSlowTwin(@ForAll @FloatRange(min = -32, max = 32) float z) {
    double y = of(z)[0];
    assertThat(y).isCloseTo(exact(z), withinPercentage(4e-4));
    assertThat(Math.log(Math.max(y, 1 - y)))
        .isCloseTo(-Math.log1p(Math.exp(-Math.abs((double) z))), offset(1e-6));
  }

  @Example
  void isThatOfTheSlowTwinEverywhere() {
    int n = 1 << 16;
    float[] z = new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = 64f * i / n - 32;
    }
    float[] y = of(z);
    for (int i = 0; i < n; i++) {
      assertThat(y[i] / exact(z[i])).isCloseTo(1, offset(4e-6));
    }
  }

  @Example
  void endsAtNoughtAndOne() {
    float[] y =
        of(0, -0f, 1e4f, -1e4f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN);
    assertThat(y[0]).isEqualTo(0.5f);
    assertThat(y[1]).isEqualTo(0.5f);
    assertThat(y[2]).isEqualTo(1);
    assertThat(y[3]).isBetween(0f, 2e-14f);
    assertThat(y[4]).isEqualTo(1);
    assertThat(y[5]).isBetween(0f, 2e-14f);
    assertThat(y[6]).isNaN();
  }

  @Example
  void leavesOtherPlacesAlone() {
    float[] y = {7, 7, 7};
    Logistic.of(new float[] {0, 0, 0}, y, 1, 2);
    assertThat(y).containsExactly(7, 0.5f, 7);
  }
}
