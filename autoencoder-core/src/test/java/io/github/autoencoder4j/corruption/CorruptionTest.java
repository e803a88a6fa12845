package io.github.autoencoder4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.commons.math3.distribution.NormalDistribution;

class CorruptionTest {

  private static final int N = 100_000;

  private static float[] corrupted(Corruption corruption, float value, long seed) {
    float[] values = new float[N];
    Arrays.fill(values, value);
    corruption.apply(values, 0, N, ValueRange.UNIT, RandomStream.of(seed, "test"));
    return values;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double share(float[] values, float wanted) {
    int count = 0;
    for (float value : values) {
      count += value == wanted ? 1 : 0;
    }
    return (double) count / values.length;
  }

  @Example
  void gaussianNoiseHasTheMomentsOfItsDeviation() {
    // Far from the borders, so that nothing is clipped: 0.5 is ten deviations away.
    float[] values = corrupted(new GaussianCorruption(0.05), 0.5f, 1);
    double mean = mean(values);
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (float value : values) {
      double z = (value - mean) / 0.05;
      second += z * z;
      third += z * z * z;
      fourth += z * z * z * z;
    }
    // Each bound is more than six standard errors wide.
    assertThat(mean).isCloseTo(0.5, offset(0.001));
    assertThat(second / N).isCloseTo(1, offset(0.03));
    assertThat(third / N).isCloseTo(0, offset(0.05));
    assertThat(fourth / N).isCloseTo(3, offset(0.2));
  }

  @Example
  void gaussianNoiseIsClippedToTheRangeOfTheData() {
    float[] values = corrupted(new GaussianCorruption(0.4), 0.2f, 2);
    for (float value : values) {
      assertThat(value).isBetween(0f, 1f);
    }
    NormalDistribution normal = new NormalDistribution(0.2, 0.4);
    assertThat(share(values, 0f)).isCloseTo(normal.cumulativeProbability(0), offset(0.01));
    assertThat(share(values, 1f)).isCloseTo(1 - normal.cumulativeProbability(1), offset(0.01));
  }

  @Property(tries = 20)
  void maskingZeroesItsShareAndKeepsTheRest(
      @ForAll @DoubleRange(max = 1) double probability, @ForAll long seed) {
    float[] values = corrupted(new MaskingCorruption(probability), 0.7f, seed);
    double zero = share(values, 0f);
    assertThat(zero).isCloseTo(probability, offset(0.012));
    assertThat(zero + share(values, 0.7f)).isCloseTo(1, offset(1e-12));
  }

  @Property(tries = 20)
  void saltAndPepperSplitsItsShareInHalves(
      @ForAll @DoubleRange(max = 1) double probability, @ForAll long seed) {
    float[] values = corrupted(new SaltAndPepper(probability), 0.7f, seed);
    assertThat(share(values, 0f)).isCloseTo(probability / 2, offset(0.012));
    assertThat(share(values, 1f)).isCloseTo(probability / 2, offset(0.012));
    assertThat(share(values, 0.7f)).isCloseTo(1 - probability, offset(0.012));
  }

  @Example
  void noNoiseChangesNothingAndAllNoiseEverything() {
    for (Corruption none :
        new Corruption[] {
          Corruption.gaussian(0), Corruption.masking(0), Corruption.saltAndPepper(0)
        }) {
      assertThat(share(corrupted(none, 0.7f, 3), 0.7f)).isEqualTo(1);
    }
    assertThat(share(corrupted(Corruption.masking(1), 0.7f, 3), 0f)).isEqualTo(1);
    assertThat(share(corrupted(Corruption.saltAndPepper(1), 0.7f, 3), 0.7f)).isZero();
  }

  @Example
  void corruptsItsPartOfTheArrayOnly() {
    for (Corruption corruption :
        new Corruption[] {
          Corruption.gaussian(0.4), Corruption.masking(1), Corruption.saltAndPepper(1)
        }) {
      float[] values = new float[30];
      Arrays.fill(values, 0.5f);
      corruption.apply(values, 10, 5, ValueRange.UNIT, RandomStream.of(4, "test"));
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i] != 0.5f).isEqualTo(i >= 10 && i < 15);
      }
    }
  }

  @Example
  void aViewShowsTheSameNoiseAtEveryReadAndLeavesTheCleanDataAlone() {
    ImageSource clean = TinyData.source(20, 9);
    float[][] before = clean.toArrays();
    ImageSource noisy = Corruption.gaussian(0.4).applyTo(clean, 5);
    float[][] first = noisy.toArrays();
    assertThat(noisy.size()).isEqualTo(20);
    assertThat(noisy.shape()).isEqualTo(clean.shape());
    assertThat(noisy.toArrays()).isDeepEqualTo(first);
    assertThat(noisy.get(7)).isEqualTo(first[7]);
    assertThat(Corruption.gaussian(0.4).applyTo(clean, 5).toArrays()).isDeepEqualTo(first);
    assertThat(clean.toArrays()).isDeepEqualTo(before);
    assertThat(first[7]).isNotEqualTo(before[7]);
  }

  @Example
  void aViewHasOtherNoiseForEverySampleAndSeed() {
    ImageSource clean = TinyData.unchecked(new float[2][50]);
    float[][] noisy = Corruption.gaussian(0.4).applyTo(clean, 5).toArrays();
    assertThat(noisy[0]).isNotEqualTo(noisy[1]);
    assertThat(Corruption.gaussian(0.4).applyTo(clean, 6).get(0)).isNotEqualTo(noisy[0]);
  }

  @Provide
  Arbitrary<Double> illegalDeviations() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().lessThan(0), Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY));
  }

  @Provide
  Arbitrary<Double> illegalProbabilities() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().lessThan(0),
        Arbitraries.doubles().greaterThan(1),
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY));
  }

  @Property
  void rejectsDeviationsThatAreNegativeOrNotFinite(@ForAll("illegalDeviations") double stddev) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Corruption.gaussian(stddev))
        .withMessageContaining("at least 0, but was " + stddev);
  }

  @Property
  void rejectsProbabilitiesOutsideOfTheUnitInterval(
      @ForAll("illegalProbabilities") double probability) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Corruption.masking(probability))
        .withMessageContaining("[0, 1], but was " + probability);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Corruption.saltAndPepper(probability))
        .withMessageContaining("[0, 1], but was " + probability);
  }
}
