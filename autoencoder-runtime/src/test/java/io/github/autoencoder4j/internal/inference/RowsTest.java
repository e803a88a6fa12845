package io.github.autoencoder4j.internal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class RowsTest {

  @Property(tries = 3_000)
  void seesWhatIsNotFinite(@ForAll("rows") float[] row) {
    boolean finite = true;
    for (float value : row) {
      finite &= Float.isFinite(value);
    }
    assertThat(Rows.isFinite(row)).isEqualTo(finite);
  }

  @Provide
  Arbitrary<float[]> rows() {
    Arbitrary<Float> bits = Arbitraries.integers().map(Float::intBitsToFloat);
    Arbitrary<Float> edges =
        Arbitraries.of(
            0f,
            -0f,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.NaN,
            Float.intBitsToFloat(-1),
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY);
    return Arbitraries.frequencyOf(Tuple.of(3, bits), Tuple.of(1, edges))
        .array(float[].class)
        .ofMaxSize(9);
  }
}
