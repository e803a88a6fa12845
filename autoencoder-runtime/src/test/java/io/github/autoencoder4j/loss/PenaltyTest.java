package io.github.autoencoder4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PenaltyTest {

  @Provide
  Arbitrary<Double> illegalFactors() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().lessThan(0),
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
  }

  @Property
  void rejectsFactorsThatAreNegativeOrNotFinite(@ForAll("illegalFactors") double factor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Penalty(factor, 0))
        .withMessageContaining("l1 must be a finite factor of at least 0, but was " + factor);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Penalty(0, factor))
        .withMessageContaining("l2 must be a finite factor of at least 0, but was " + factor);
  }

  @Example
  void noneIsZero() {
    assertThat(Penalty.NONE).isEqualTo(new Penalty(0, 0));
  }
}
