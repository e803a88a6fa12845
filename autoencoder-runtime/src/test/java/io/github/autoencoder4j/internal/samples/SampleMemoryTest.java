package io.github.autoencoder4j.internal.samples;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** The search for values out of range, which looks at two at a time, against looking at each. */
class SampleMemoryTest {

  private static int slowly(float[] values, int from, int length) {
    for (int i = 0; i < length; i++) {
      float value = values[from + i];
      if (!(value >= 0 && value <= 1)) {
        return i;
      }
    }
    return -1;
  }

  @Property(tries = 3_000)
  void findsTheFirstValueOutsideTheUnitInterval(@ForAll("rows") float[] values) {
    SampleMemory memory = SampleMemory.allocate(values.length);
    memory.at(0).put(values);
    for (int from = 0; from <= values.length; from++) {
      for (int length = 0; from + length <= values.length; length++) {
        int first = slowly(values, from, length);
        assertThat(memory.firstOutside(0, 1, from, length)).isEqualTo(first);
        assertThat(SampleMemory.firstOutside(0, 1, values, from, length)).isEqualTo(first);
      }
    }
  }

  @Provide
  Arbitrary<float[]> rows() {
    Arbitrary<Float> bits = Arbitraries.integers().map(Float::intBitsToFloat);
    Arbitrary<Float> edges =
        Arbitraries.of(
            0f,
            -0f,
            1f,
            Math.nextUp(1f),
            Math.nextDown(1f),
            -Float.MIN_VALUE,
            Float.MIN_VALUE,
            -1f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.intBitsToFloat(-1));
    Arbitrary<Float> fine = Arbitraries.floats().between(0, 1);
    return Arbitraries.frequencyOf(Tuple.of(12, fine), Tuple.of(2, edges), Tuple.of(1, bits))
        .array(float[].class)
        .ofMinSize(0)
        .ofMaxSize(9);
  }

  @Test
  void looksIntoJavaMemoryToo() {
    SampleMemory memory = SampleMemory.inHeap(3);
    memory.at(1).put(2f);
    assertThat(memory.firstOutside(0, 1, 0, 3)).isEqualTo(1);
    assertThat(memory.at(2).position()).isEqualTo(2);
  }
}
