package io.github.autoencoder4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class LatentStageTest {

  @Property
  void varianceStddevAndRatioNameTheSameNoise(
      @ForAll @DoubleRange(min = 0.01, max = 100) double variance) {
    LatentNoise noise = LatentNoise.variance(variance);
    assertThat(LatentNoise.stddev(noise.stddev()).variance())
        .isCloseTo(variance, offset(1e-12 * variance));
    assertThat(LatentNoise.snrDb(noise.snrDb()).variance())
        .isCloseTo(variance, offset(1e-12 * variance));
  }

  @Example
  void theLabsVariancesHaveTheRatiosOfTheDefinitions() {
    assertThat(LatentNoise.variance(0.05).snrDb()).isCloseTo(13.01, offset(5e-3));
    assertThat(LatentNoise.variance(0.10).snrDb()).isCloseTo(10.00, offset(5e-3));
    assertThat(LatentNoise.variance(0.15).snrDb()).isCloseTo(8.24, offset(5e-3));
    assertThat(LatentNoise.variance(0.05).stddev()).isCloseTo(0.2236, offset(5e-5));
  }

  @Example
  void noiseHasItsVarianceAndNothingElseChanges() {
    double[] values = new double[200_000];
    Arrays.fill(values, 3);
    LatentNoise.variance(0.15).addTo(values, 10, values.length - 20, RandomStream.of(1, "noise"));
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value - 3;
      squares += (value - 3) * (value - 3);
    }
    assertThat(sum / values.length).isCloseTo(0, offset(0.004));
    assertThat(squares / values.length).isCloseTo(0.15, offset(0.003));
    assertThat(values[9]).isEqualTo(3);
    assertThat(values[10]).isNotEqualTo(3);
    assertThat(values[values.length - 11]).isNotEqualTo(3);
    assertThat(values[values.length - 10]).isEqualTo(3);
  }

  @Example
  void noiseIsForTrainingUnlessSaidOtherwise() {
    LatentNoise noise = LatentNoise.stddev(0.5);
    assertThat(noise.phase()).isEqualTo(LatentNoise.Phase.TRAINING);
    assertThat(noise.during(LatentNoise.Phase.BOTH))
        .isEqualTo(new LatentNoise(0.25, LatentNoise.Phase.BOTH));
    assertThat(noise.describe()).contains("0.25", "6.02 dB", "training");
  }

  @Example
  void refusesWhatIsNoVariance() {
    for (double wrong : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LatentNoise.variance(wrong))
          .withMessageContaining(Double.toString(wrong));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LatentNoise.stddev(wrong))
          .withMessageContaining(Double.toString(wrong));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> LatentNoise.snrDb(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatentNoise.snrDb(Double.NEGATIVE_INFINITY));
    // Their variances would be infinite, and the message would name what the caller never gave.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatentNoise.snrDb(-4_000))
        .withMessageContaining("ratio")
        .withMessageContaining("-4000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatentNoise.stddev(1e200))
        .withMessageContaining("standard deviation");
  }

  @Example
  void powerNormalizationIsPerExampleUnlessSaidOtherwise() {
    assertThat(PowerNormalization.perExample().scope())
        .isEqualTo(PowerNormalization.Scope.PER_EXAMPLE);
    assertThat(PowerNormalization.perBatch().describe()).contains("per batch");
  }
}
