package io.github.autoencoder4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.latent.Wasserstein.Similarity;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class WassersteinTest {

  private static final double[] SCALES = {0.1, 0.2, 0.5, 1, 2, 5, 10};

  private static double kernel(Similarity similarity, double squaredDistance, int size) {
    double sum = 0;
    for (double scale : SCALES) {
      double width = 2 * size * scale;
      sum +=
          similarity == Similarity.RADIAL_BASIS
              ? Math.exp(-squaredDistance / width)
              : width / (width + squaredDistance);
    }
    return sum;
  }

  /** The mean over a fine grid, which in one dimension is as good as exact. */
  private static double expected(Similarity similarity, double variance, double mean) {
    double sum = 0;
    double step = 0.002;
    double deviation = Math.sqrt(variance);
    for (double u = -10; u <= 10; u += step) {
      double distance = mean - deviation * u;
      double density = Math.exp(-u * u / 2) / Math.sqrt(2 * Math.PI);
      sum += step * density * kernel(similarity, distance * distance, 1);
    }
    return sum;
  }

  @Property(tries = 40)
  void expectationsAreThoseOfTheIntegral(
      @ForAll Similarity similarity,
      @ForAll @DoubleRange(min = -8, max = 8) double mean,
      @ForAll @DoubleRange(min = 0.5, max = 2) double variance) {
    assertThat(new Discrepancy(similarity, 1).expected(variance, mean * mean).sum())
        .isCloseTo(expected(similarity, variance, mean), offset(1e-8));
  }

  /** In 64 dimensions, against the mean over draws, with five standard errors. */
  @Example
  void expectationsInManyDimensionsAreThoseOfDraws() {
    int size = 64;
    RandomStream random = RandomStream.of(2, "draws");
    for (Similarity similarity : Similarity.values()) {
      for (double at : new double[] {0, 1, 4}) {
        int n = 20_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
          double distance = 0;
          for (int d = 0; d < size; d++) {
            distance += Math.pow(at - random.nextGaussian(), 2);
          }
          double value = kernel(similarity, distance, size);
          sum += value / n;
          squares += value * value / n;
        }
        double error = Math.sqrt(Math.max(0, squares - sum * sum) / n);
        assertThat(new Discrepancy(similarity, size).expected(1, at * at * size).sum())
            .isCloseTo(sum, offset(5 * error + 1e-9));
      }
    }
  }

  /** Three codes on a line, term by term. */
  @Example
  void theTermIsTheUnbiasedDiscrepancy() {
    double[] codes = {0.5, -1, 2};
    for (Similarity similarity : Similarity.values()) {
      double pairs = 0;
      double means = 0;
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          pairs += i == j ? 0 : kernel(similarity, Math.pow(codes[i] - codes[j], 2), 1) / 6;
        }
        means += 2.0 / 3 * expected(similarity, 1, codes[i]);
      }
      double square = pairs - means + expected(similarity, 2, 0);
      Wasserstein stage = Wasserstein.standard().similarity(similarity).weight(7);
      for (Mode mode : Mode.values()) {
        StageProbe probe = new StageProbe(stage, ImageShape.vector(1), 3, mode, 0);
        assertThat(probe.feed(codes).output()).containsExactly(codes);
        assertThat(probe.batch.terms()[0])
            .isCloseTo(mode.hasTerms() ? 3 * 7 * square : 0, offset(1e-6));
      }
    }
  }

  /** Unbiased: over many batches of normal codes it is 0 on average. */
  @Example
  void normalCodesCostNothingOnAverage() {
    ImageShape code = ImageShape.vector(3);
    RandomStream random = RandomStream.of(5, "codes");
    for (Similarity similarity : Similarity.values()) {
      Wasserstein stage = new Wasserstein(1, similarity);
      double sum = 0;
      double squares = 0;
      int batches = 400;
      for (int i = 0; i < batches; i++) {
        StageProbe probe = StageProbe.training(stage, code, 10);
        double[] codes = new double[30];
        for (int j = 0; j < 30; j++) {
          codes[j] = random.nextGaussian();
        }
        double value = probe.feed(codes).terms()[0] / 10;
        sum += value / batches;
        squares += value * value / batches;
      }
      assertThat(sum).isCloseTo(0, offset(4 * Math.sqrt(squares / batches)));
    }
  }

  @Property(tries = 20)
  void gradientsAreThoseOfWhatIsAddedToTheObjective(
      @ForAll Similarity similarity,
      @ForAll @DoubleRange(min = 0, max = 50) double weight,
      @ForAll @IntRange(min = 1, max = 6) int n) {
    Wasserstein stage = new Wasserstein(weight, similarity);
    StageProbe.training(stage, ImageShape.vector(3), n).assertGradient();
    StageProbe.training(stage, new ImageShape(2, 1, 2), n).assertGradient();
  }

  @Example
  void aBatchOfOneSampleCostsNothing() {
    StageProbe probe = StageProbe.training(Wasserstein.standard(), ImageShape.vector(2), 1);
    assertThat(probe.feed(5, 5).terms()[0]).isZero();
    assertThat(probe.gradient()).containsExactly(new double[] {0.1, 0.2}, offset(1e-12));
  }

  @Property(tries = 30)
  void theNormCostsHalfTheSquareOfTheLength(
      @ForAll @DoubleRange(min = 0, max = 5) double weight,
      @ForAll @DoubleRange(min = -3, max = 3) double number) {
    ImageShape code = ImageShape.vector(2);
    StageProbe probe = StageProbe.training(new CodeNorm(weight), code, 1);
    assertThat(probe.feed(number, 2).output()).containsExactly(number, 2);
    assertThat(probe.batch.terms()[0]).isCloseTo(weight / 2 * (number * number + 4), offset(1e-9));
    StageProbe.training(new CodeNorm(weight), code, 3).assertGradient();
    StageProbe.training(new CodeNorm(weight), new ImageShape(1, 2, 2), 3).assertGradient();
    StageProbe encoding = new StageProbe(new CodeNorm(weight), code, 1, Mode.ENCODING, 0);
    assertThat(encoding.feed(number, 2).terms()[0]).isZero();
  }

  @Example
  void saysWhatItIsAndRefusesWeightsThatCannotBe() {
    assertThat(Wasserstein.standard().describe()).isEqualTo("MMD of weight 10.00");
    assertThat(new Wasserstein(1, Similarity.RADIAL_BASIS).describe())
        .isEqualTo("MMD of weight 1.000, radial basis");
    assertThat(new CodeNorm(0.1).describe()).isEqualTo("norm of weight 0.1000");
    assertThat(Wasserstein.standard().kernel(ImageShape.vector(2)).couplesSamples()).isTrue();
    assertThat(new CodeNorm(1).kernel(ImageShape.vector(2)).couplesSamples()).isFalse();
    for (double wrong : List.of(-1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Wasserstein.standard().weight(wrong))
          .withMessageContainingAll("discrepancy", Double.toString(wrong), "at least 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CodeNorm(wrong))
          .withMessageContainingAll("norm", Double.toString(wrong), "at least 0");
    }
  }
}
