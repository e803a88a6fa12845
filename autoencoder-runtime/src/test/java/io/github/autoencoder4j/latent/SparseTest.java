package io.github.autoencoder4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SparseTest {

  private static final ImageShape CODE = ImageShape.vector(5);
  private static final ImageShape PLANES = new ImageShape(2, 3, 4);

  private static double[] code(Sparse stage, Mode mode, double... input) {
    return StageProbe.output(stage, ImageShape.vector(input.length), 1, mode, input);
  }

  @Example
  void topKKeepsTheLargestAndTheFirstOfEqualOnes() {
    assertThat(code(Sparse.topK(2), Mode.TRAINING, 1, -3, 2, 0.5, 2))
        .containsExactly(0, 0, 2, 0, 2);
    assertThat(code(Sparse.topK(2), Mode.ENCODING, 2, 2, -1, 2)).containsExactly(2, 2, 0, 0);
    // The largest, not those farthest from 0.
    assertThat(code(Sparse.topK(2), Mode.TRAINING, -1, -5, -2)).containsExactly(-1, 0, -2);
    assertThat(code(Sparse.topK(3), Mode.TRAINING, 3, 1, 2)).containsExactly(3, 1, 2);
  }

  @Property(tries = 200)
  void topKKeepsKNumbersNoneOfThemBelowAnyOther(
      @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = -2, max = 2) Double> numbers,
      @ForAll @IntRange(min = 1, max = 30) int most) {
    int k = Math.min(most, numbers.size());
    double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    boolean[] largest = Largest.of(values, k);
    double least = Double.POSITIVE_INFINITY;
    double greatestLeft = Double.NEGATIVE_INFINITY;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      count += largest[i] ? 1 : 0;
      if (largest[i]) {
        least = Math.min(least, values[i]);
      } else {
        greatestLeft = Math.max(greatestLeft, values[i]);
      }
    }
    assertThat(count).isEqualTo(k);
    assertThat(least).isGreaterThanOrEqualTo(greatestLeft);
  }

  @Example
  void topKMayKeepMoreWhenEncoding() {
    TopK stage = Sparse.topK(1).encoding(3);
    double[] input = {4, 1, 3, 2};
    assertThat(code(stage, Mode.TRAINING, input)).containsExactly(4, 0, 0, 0);
    for (Mode mode : new Mode[] {Mode.ENCODING, Mode.OBJECTIVE, Mode.RECONSTRUCTION}) {
      assertThat(code(stage, mode, input)).containsExactly(4, 0, 3, 2);
    }
  }

  /** Otherwise a run that diverged would go on with codes of zeros. */
  @Example
  void whatIsNotANumberIsNeverHidden() {
    double nan = Double.NaN;
    assertThat(code(Sparse.topK(1), Mode.TRAINING, 1, nan, 3, nan)).contains(nan);
    assertThat(code(Sparse.topK(2), Mode.TRAINING, nan, nan, nan)).containsOnly(nan);
    for (Sparse stage :
        List.of(Sparse.lifetime(0.5), Sparse.l1(1), Sparse.targetRate(0.1, 1), Sparse.topK(1))) {
      assertThat(DoubleStream.of(code(stage, Mode.TRAINING, 1, nan, -1)).anyMatch(Double::isNaN))
          .as(stage.describe())
          .isTrue();
    }
  }

  @Example
  void lifetimeSparsityKeepsTheLargestOfEachUnitOverTheBatch() {
    // Five codes of two numbers: two of five are kept of each, if they are positive.
    double[] input = {1, -1, 3, -2, 2, -3, 5, 4, 4, -5};
    ImageShape two = ImageShape.vector(2);
    assertThat(StageProbe.output(Sparse.lifetime(0.4), two, 5, Mode.TRAINING, input))
        .containsExactly(0, 0, 0, 0, 0, 0, 5, 4, 4, 0);
    for (Mode mode : new Mode[] {Mode.ENCODING, Mode.OBJECTIVE, Mode.RECONSTRUCTION}) {
      assertThat(StageProbe.output(Sparse.lifetime(0.4), two, 5, mode, input))
          .containsExactly(1, 0, 3, 0, 2, 0, 5, 4, 4, 0);
    }
    // One at least, however small the share.
    assertThat(StageProbe.output(Sparse.lifetime(0.01), two, 5, Mode.TRAINING, input))
        .containsExactly(0, 0, 0, 0, 0, 0, 5, 4, 0, 0);
  }

  @Property(tries = 50)
  void lifetimeSparsityLeavesNoUnitWithoutAWinner(
      @ForAll @DoubleRange(min = 0.02, max = 0.9) double share,
      @ForAll @IntRange(min = 2, max = 20) int n) {
    for (ImageShape shape : List.of(CODE, PLANES)) {
      LatentBatch batch = StageProbe.training(Sparse.lifetime(share), shape, n).forward();
      Units units = Units.of(shape);
      for (int unit = 0; unit < units.count(); unit++) {
        long positive = 0;
        long kept = 0;
        for (int i = 0; i < n; i++) {
          for (int at = units.start(i, unit); at < units.start(i, unit) + units.places(); at++) {
            positive += batch.input()[at] > 0 ? 1 : 0;
            kept += batch.output()[at] > 0 ? 1 : 0;
          }
        }
        long winners = Math.max(1, Math.round(share * n * units.places()));
        assertThat(kept).isEqualTo(Math.min(positive, winners));
      }
    }
  }

  @Example
  void theTermOfL1IsTheSumOfWhatIsPositive() {
    StageProbe probe = StageProbe.training(Sparse.l1(0.5), CODE, 1);
    assertThat(probe.feed(1, -2, 0.5, 0, 3).output()).containsExactly(1, 0, 0.5, 0, 3);
    assertThat(probe.batch.terms()[0]).isCloseTo(0.5 * 4.5, offset(1e-12));
    StageProbe encoding = new StageProbe(Sparse.l1(0.5), CODE, 1, Mode.ENCODING, 0);
    assertThat(encoding.feed(1, -2, 0.5, 0, 3).terms()[0]).isZero();
  }

  /** By hand: means 0.5 and 0.25 against a rate of 0.1. */
  @Example
  void theTermOfTheTargetRateIsTheDivergenceOfTheMeans() {
    StageProbe probe = StageProbe.training(Sparse.targetRate(0.1, 2), ImageShape.vector(2), 2);
    // Logits of 0.4 and 0.6, and of 0.2 and 0.3.
    double[] input = {Math.log(2 / 3.0), Math.log(1 / 4.0), Math.log(1.5), Math.log(3 / 7.0)};
    LatentBatch batch = probe.feed(input);
    assertThat(batch.output()).containsExactly(new double[] {0.4, 0.2, 0.6, 0.3}, offset(1e-12));
    double one = 0.1 * Math.log(0.1 / 0.5) + 0.9 * Math.log(0.9 / 0.5);
    double other = 0.1 * Math.log(0.1 / 0.25) + 0.9 * Math.log(0.9 / 0.75);
    assertThat(one + other).isCloseTo(0.36806 + 0.07246, offset(1e-4));
    assertThat(batch.terms()[0]).isCloseTo(2 * 2 * (one + other), offset(1e-12));
    // A rate that is met costs nothing.
    StageProbe met = StageProbe.training(Sparse.targetRate(0.5, 2), ImageShape.vector(2), 2);
    assertThat(met.feed(1, -2, -1, 2).terms()[0]).isCloseTo(0, offset(1e-12));
  }

  @Property(tries = 30)
  void gradientsAreThoseOfWhatIsAddedToTheObjective(
      @ForAll @DoubleRange(min = 0.02, max = 0.98) double share,
      @ForAll @DoubleRange(min = 0, max = 4) double weight,
      @ForAll @IntRange(min = 1, max = 5) int k) {
    for (Sparse stage :
        List.of(
            Sparse.topK(k),
            Sparse.lifetime(share),
            Sparse.l1(weight),
            Sparse.targetRate(share, weight))) {
      StageProbe.training(stage, CODE, 4).assertGradient();
      StageProbe.training(stage, PLANES, 3).assertGradient();
    }
  }

  @Example
  void onlyStagesThatCompareSamplesNeedTheWholeBatch() {
    assertThat(Sparse.topK(2).kernel(CODE).couplesSamples()).isFalse();
    assertThat(Sparse.l1(1).kernel(CODE).couplesSamples()).isFalse();
    assertThat(Sparse.lifetime(0.1).kernel(CODE).couplesSamples()).isTrue();
    assertThat(Sparse.targetRate(0.1, 1).kernel(CODE).couplesSamples()).isTrue();
  }

  @Example
  void saysWhatItIs() {
    assertThat(Sparse.topK(25).describe()).isEqualTo("top 25");
    assertThat(Sparse.topK(25).encoding(75).describe()).isEqualTo("top 25, top 75 when encoding");
    assertThat(Sparse.lifetime(0.05).describe()).isEqualTo("lifetime sparsity 0.05000");
    assertThat(Sparse.l1(0.5).describe()).isEqualTo("L1 of weight 0.5000");
    assertThat(Sparse.targetRate(0.05, 3).describe())
        .isEqualTo("target rate 0.05000 of weight 3.000");
  }

  @Example
  void refusesNumbersThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sparse.topK(0))
        .withMessageContainingAll("at least 1 number", "in training", "k was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sparse.topK(3).encoding(-1))
        .withMessageContainingAll("when encoding", "-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sparse.topK(3).encoding(6).fedBy(CODE))
        .withMessageContainingAll("cannot keep 6", "has 5", "smaller k");
    assertThat(Sparse.topK(5).fedBy(CODE)).isEqualTo(CODE);
    for (double wrong : new double[] {0, 1, -0.1, 5, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Sparse.lifetime(wrong))
          .withMessageContainingAll("share", Double.toString(wrong), "below 1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Sparse.targetRate(wrong, 1))
          .withMessageContainingAll("target rate", Double.toString(wrong), "below 1");
    }
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Sparse.l1(wrong))
          .withMessageContainingAll("L1 norm", Double.toString(wrong), "at least 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Sparse.targetRate(0.1, wrong))
          .withMessageContainingAll("target rate", Double.toString(wrong), "at least 0");
    }
  }

  @Example
  void aBatchOfOneSampleIsABatch() {
    double[] input = {1, -1, 0.5, 2, -0.5};
    assertThat(StageProbe.output(Sparse.lifetime(0.05), CODE, 1, Mode.TRAINING, input))
        .containsExactly(1, 0, 0.5, 2, 0);
    assertThat(Arrays.stream(code(Sparse.targetRate(0.1, 1), Mode.TRAINING, input)))
        .allMatch(value -> value > 0 && value < 1);
  }
}
