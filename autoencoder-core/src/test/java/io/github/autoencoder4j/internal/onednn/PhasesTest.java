package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PhasesTest {

  /** By the definition: each input adds the kernel to the output, from its place on. */
  private static double[] transposed(double[] in, double[] kernel, int stride, int padding) {
    double[] full = new double[stride * (in.length - 1) + kernel.length];
    for (int i = 0; i < in.length; i++) {
      for (int tap = 0; tap < kernel.length; tap++) {
        full[stride * i + tap] += in[i] * kernel[tap];
      }
    }
    double[] out = new double[full.length - 2 * padding];
    System.arraycopy(full, padding, out, 0, out.length);
    return out;
  }

  @Property
  void eachPhaseIsAConvolution(
      @ForAll @IntRange(min = 2, max = 5) int stride,
      @ForAll @IntRange(min = 1, max = 4) int taps,
      @ForAll @IntRange(min = 1, max = 6) int in,
      @ForAll long seed) {
    int kernel = stride * taps;
    int padding = (kernel - stride) / 2;
    Phases phases = new Phases(kernel, stride, padding, in);
    assertThat(phases.areAlike()).isTrue();
    Random random = new Random(seed);
    double[] values = random.doubles(in).toArray();
    double[] weights = random.doubles(kernel).toArray();

    double[] expected = transposed(values, weights, stride, padding);
    double[] out = new double[expected.length];
    int[] written = new int[expected.length];
    for (int phase = 0; phase < stride; phase++) {
      assertThat(phases.first(phase) + phases.count(phase)).isLessThanOrEqualTo(phases.computed());
      for (int i = 0; i < phases.count(phase); i++) {
        double sum = 0;
        for (int tap = 0; tap < phases.taps(); tap++) {
          int from = phases.first(phase) + i + tap - phases.convolutionPadding();
          sum += from < 0 || from >= in ? 0 : weights[phases.tap(phase, tap)] * values[from];
        }
        int to = phases.firstOut(phase) + stride * i;
        out[to] = sum;
        written[to]++;
      }
    }

    assertThat(written).containsOnly(1);
    assertThat(out).containsExactly(expected, within(1e-12));
  }

  @Property
  void eachWeightIsUsedOnce(
      @ForAll @IntRange(min = 2, max = 4) int stride,
      @ForAll @IntRange(min = 1, max = 3) int taps,
      @ForAll @IntRange(min = 1, max = 4) int out,
      @ForAll @IntRange(min = 1, max = 4) int in) {
    Phases rows = new Phases(stride * taps, stride, 0, 3);
    Phases columns = new Phases(2 * taps, 2, 0, 3);
    int[] uses = new int[in * out * rows.kernel() * columns.kernel()];
    for (int i = 0; i < uses.length; i++) {
      uses[Phases.weights(rows, columns, out, in).applyAsInt(i)]++;
    }
    assertThat(uses).containsOnly(1);
  }
}
