package io.github.autoencoder4j.internal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SignsTest {

  @Property(tries = 20_000)
  void areWhatMaximumAndMinimumAre(@ForAll("numbers") float z) {
    if (Float.isNaN(z)) {
      assertThat(Signs.positive(z)).isNaN();
      assertThat(Signs.negative(z)).isEqualTo(0f);
    } else {
      assertThat(Float.floatToRawIntBits(Signs.positive(z)))
          .isEqualTo(Float.floatToRawIntBits(Math.max(0f, z)));
      assertThat(Float.floatToRawIntBits(Signs.negative(z)))
          .isEqualTo(Float.floatToRawIntBits(Math.min(0f, z)));
    }
  }

  @Provide
  Arbitrary<Float> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.integers().map(Float::intBitsToFloat),
        Arbitraries.floats(),
        Arbitraries.of(
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.intBitsToFloat(0x7f800001),
            Float.intBitsToFloat(0x7fffffff),
            Float.intBitsToFloat(0xff800001),
            Float.intBitsToFloat(-1)));
  }
}
