package io.github.autoencoder4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Squared error and binary cross-entropy. */
class ReconstructionErrorTest {

  @Test
  void squaredErrorIsTheMeanOverAllValues() {
    Mse mse = new Mse();
    mse.add(new float[] {0, 0, 0}, new float[] {1, 2, 0});
    mse.add(new float[][] {{1}}, new float[][] {{-2}});
    assertThat(mse.mean()).isEqualTo((1 + 4 + 0 + 9) / 4.0);
    assertThat(Mse.of(new float[] {0.5f}, new float[] {1})).isEqualTo(0.25);
  }

  @Test
  void crossEntropyOfACoinTossIsLnTwo() {
    float[] targets = {0, 1, 0.25f};
    float[] half = {0.5f, 0.5f, 0.5f};
    assertThat(BinaryCrossEntropy.ofProbabilities(targets, half))
        .isCloseTo(Math.log(2), within(1e-12));
    assertThat(BinaryCrossEntropy.ofLogits(targets, new float[3]))
        .isCloseTo(Math.log(2), within(1e-12));
  }

  @Test
  void clipsProbabilitiesButNotLogits() {
    float[] black = {0};
    assertThat(BinaryCrossEntropy.ofProbabilities(black, new float[] {1}))
        .isCloseTo(-Math.log(BinaryCrossEntropy.CLIP), within(1e-6));
    assertThat(BinaryCrossEntropy.ofLogits(black, new float[] {500})).isEqualTo(500);
    assertThat(BinaryCrossEntropy.ofLogits(black, new float[] {-500})).isCloseTo(0, within(1e-9));
  }

  @Property
  void logitsAndProbabilitiesAgree(
      @ForAll("pixels") float[] targets, @ForAll("logits") float[] logits) {
    float[] probabilities = new float[5];
    for (int i = 0; i < 5; i++) {
      probabilities[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    assertThat(BinaryCrossEntropy.ofProbabilities(targets, probabilities))
        .isCloseTo(BinaryCrossEntropy.ofLogits(targets, logits), within(1e-3));
  }

  @Property
  void nothingBeatsTheFloor(@ForAll("pixels") float[] targets, @ForAll("pixels") float[] guesses) {
    double floor = BinaryCrossEntropy.floor(targets);
    assertThat(BinaryCrossEntropy.ofProbabilities(targets, guesses))
        .isGreaterThanOrEqualTo(floor - 1e-6);
    assertThat(BinaryCrossEntropy.ofProbabilities(targets, targets)).isCloseTo(floor, within(2e-6));
  }

  @Test
  void summaryConvertsToImages() {
    BinaryCrossEntropy loss = new BinaryCrossEntropy(2);
    loss.add(new float[][] {{0.5f, 0.5f}}, new float[][] {{0.5f, 0.5f}});
    loss.addLogits(new float[] {1, 0}, new float[] {0, 0});
    CrossEntropySummary summary = loss.summary();
    assertThat(summary.perPixel()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(summary.perImage()).isCloseTo(2 * Math.log(2), within(1e-12));
    assertThat(summary.floorPerPixel()).isCloseTo(Math.log(2) / 2, within(1e-12));
    assertThat(summary.excessPerPixel()).isCloseTo(Math.log(2) / 2, within(1e-12));
  }

  @Provide
  Arbitrary<float[]> pixels() {
    return Arbitraries.floats().between(0, 1).array(float[].class).ofSize(5);
  }

  @Provide
  Arbitrary<float[]> logits() {
    return Arbitraries.floats().between(-8, 8).array(float[].class).ofSize(5);
  }

  @Test
  void rejectsWhatItCannotCompare() {
    assertThatIllegalStateException().isThrownBy(new Mse()::mean);
    assertThatIllegalStateException().isThrownBy(new BinaryCrossEntropy(1)::summary);
    assertThatIllegalArgumentException().isThrownBy(() -> new BinaryCrossEntropy(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mse.of(new float[0], new float[0]))
        .withMessageContaining("at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mse.of(new float[1], new float[] {Float.POSITIVE_INFINITY}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mse().add(new float[1][2], new float[2][2]))
        .withMessageContaining("1 originals and 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCrossEntropy.floor(new float[] {1.5f}))
        .withMessageContaining("1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCrossEntropy.ofProbabilities(new float[1], new float[] {Float.NaN}))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCrossEntropy.ofLogits(new float[] {Float.NaN}, new float[1]))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BinaryCrossEntropy(2).add(new float[3], new float[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BinaryCrossEntropy(2).add(new float[3][2], new float[2][2]));
  }
}
