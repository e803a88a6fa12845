package io.github.autoencoder4j.examples.dog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.examples.dog.RobustnessClaim.Sampling;
import io.github.autoencoder4j.metric.GenerativeFigures;
import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constructed figures, and what may be claimed and said of them. */
class DogClaimsTest {

  private static final Difference NONE = new Difference(20, 20, 0.1, 30);

  // dog.1

  @ParameterizedTest
  @CsvSource({
    "22.81, 23.90, 0.05, 1.09 dB above its linear twin",
    "22.81, 22.00, 0.05, 0.81 dB below its linear twin",
    "22.81, 22.90, 0.08, not clearly above or below its linear twin",
    "22.81, 22.72, 0.08, not clearly above or below its linear twin",
    "26.624, 28.196, 0.05, 1.58 dB above its linear twin",
  })
  void theNetworkIsAboveItsLineOnlyBeyondTheError(
      double line, double psnr, double error, String expected) {
    assertThat(
            DogSentences.of(
                Words.ENGLISH,
                new LineClaim(new Difference(line, psnr, error, 31), 22.5, 0.7, 13.1, 32)))
        .contains("The network is " + expected + " (")
        .doesNotContain("-");
  }

  // dog.2

  @Test
  void smoothPicturesComeBackBetterOnlyIfTheyDo() {
    double[] contrasts = {0.1, 0.9, 0.2, 0.8, 0.3, 0.7};
    double[] better = {30, 20, 29, 21, 28, 20};
    double[] worse = {20, 30, 21, 29, 20, 28};
    double[] same = {20, 30, 30, 20, 24, 25};

    Difference smoother = LatentsClaim.smoothness(contrasts, better);
    assertThat(smoother.after()).isEqualTo(29);
    assertThat(smoother.change()).isEqualTo(Change.HIGHER);
    assertThat(LatentsClaim.smoothness(contrasts, worse).change()).isEqualTo(Change.LOWER);
    assertThat(LatentsClaim.smoothness(contrasts, same).change()).isEqualTo(Change.UNCLEAR);

    assertSays(latents(smoother, -0.98), "smooth pictures come back better", "of -0.98");
    assertSays(
        latents(LatentsClaim.smoothness(contrasts, worse), 0.2), "smooth pictures come back worse");
    assertSays(latents(LatentsClaim.smoothness(contrasts, same), 0.2), "no clear difference");
  }

  @Test
  void saysNothingOfACorrelationThatThereIsNot() {
    double nothing = LatentsClaim.brightness(new double[] {1, 1, 1}, new double[] {1, 2, 3});
    assertThat(nothing).isNaN();
    assertThat(DogSentences.of(Words.ENGLISH, latents(NONE, nothing)))
        .doesNotContain("correlation", "NaN");
    assertThat(LatentsClaim.brightness(new double[] {3, 2, 1}, new double[] {1, 2, 3}))
        .isEqualTo(-1);
  }

  private static LatentsClaim latents(Difference smoothness, double brightness) {
    return new LatentsClaim(20, 30, smoothness, 0.5, 0.001, 16, brightness, 0, 1);
  }

  private static void assertSays(LatentsClaim claim, String... expected) {
    assertThat(DogSentences.of(Words.ENGLISH, claim)).contains(expected).contains("6.25 %");
  }

  // dog.3

  @Test
  void theCovarianceHelpsOnlyIfMorePicturesAreRecalled() {
    Generation few = generation(4, 200, 10);
    Generation many = generation(25, 200, 10);

    assertThat(gaussian(few, many).covariance().change()).isEqualTo(Change.HIGHER);
    assertThat(gaussian(many, few).covariance().change()).isEqualTo(Change.LOWER);
    assertThat(gaussian(many, generation(26, 200, 10)).covariance().change())
        .isEqualTo(Change.UNCLEAR);
    assertThat(DogSentences.of(Words.ENGLISH, gaussian(few, many)))
        .contains("13 % of the real", "78 % with the covariance (more)");
    assertThat(DogSentences.of(Words.ENGLISH, gaussian(many, few)))
        .contains("with the covariance (fewer)");
    assertThat(DogSentences.of(Words.ENGLISH, gaussian(many, generation(26, 200, 10))))
        .contains("with the covariance (no clear difference)");
  }

  @Test
  void samplesAreToldFromPicturesByEitherFigure() {
    assertThat(gaussian(generation(9, 200, 31), generation(9, 200, 31)).fallsShort()).isTrue();
    assertThat(gaussian(generation(9, 508, 10), generation(9, 508, 10)).fallsShort()).isTrue();
    // One picture of 32 and five samples of 512 are chance.
    Generation near = generation(9, 503, 31);
    assertThat(gaussian(near, near).fallsShort()).isFalse();
    assertThat(DogSentences.of(Words.ENGLISH, gaussian(near, near)))
        .contains("98 % of the samples", "other pictures: 99 %")
        .endsWith("By these figures samples cannot be told from pictures.");
  }

  private static GaussianClaim gaussian(Generation independent, Generation correlated) {
    return GaussianClaim.of(256, 1_024, 255, independent, correlated, correlated);
  }

  /** Of 32 pictures and 512 samples; reconstructions of other pictures do all but perfectly. */
  private static Generation generation(int recalled, int precise, int covered) {
    return new Generation(first(recalled), precise, 512, first(covered), 508, 512, first(32));
  }

  private static boolean[] first(int count) {
    boolean[] flags = new boolean[32];
    Arrays.fill(flags, 0, count, true);
    return flags;
  }

  // dog.4

  @Test
  void noiseCostsOnlyWhatItCosts() {
    assertNoise(new Difference(26.624, 28.196, 0.1, 8)).contains("28.20 dB at 10 % (1.58 dB more)");
    assertNoise(new Difference(28.196, 26.624, 0.1, 8)).contains("26.62 dB at 10 % (1.58 dB less)");
    assertNoise(new Difference(28.2, 28.1, 0.1, 8))
        .contains("28.10 dB at 10 % (no clear difference)");
  }

  private static AbstractStringAssert<?> assertNoise(Difference cost) {
    return assertThat(
        DogSentences.of(Words.ENGLISH, new NoiseClaim(List.of(0.1), List.of(cost), NONE, NONE)));
  }

  @Test
  void theLargestNoiseIsComparedWithOneColor() {
    List<Difference> costs = List.of(NONE);
    List<Double> levels = List.of(1.6);
    Difference more = new Difference(13, 15, 0.1, 8);
    Difference less = new Difference(13, 11, 0.1, 8);

    assertThat(DogSentences.of(Words.ENGLISH, new NoiseClaim(levels, costs, more, less)))
        .contains("13.00 dB: the largest noise leaves more than that", "takes contrast from");
    assertThat(DogSentences.of(Words.ENGLISH, new NoiseClaim(levels, costs, less, more)))
        .contains("leaves less than that", "adds contrast to");
    assertThat(DogSentences.of(Words.ENGLISH, new NoiseClaim(levels, costs, NONE, NONE)))
        .contains("leaves about as much, within the error")
        .endsWith("no clear difference.");
  }

  @Test
  void contrastIsThatOfGreyValuesWithinBlocks() {
    LocalContrast contrast = new LocalContrast(ImageShape.grey(8, 16));
    float[] half = new float[8 * 16];
    // The right block is black and white in equal parts, the left one black.
    for (int i = 0; i < half.length; i++) {
      half[i] = i % 16 >= 8 ? i % 2 : 0;
    }
    assertThat(contrast.means(new float[][] {half, new float[8 * 16]}))
        .containsExactly(new double[] {0.25, 0}, org.assertj.core.api.Assertions.within(1e-6));
  }

  // dog.5

  @Test
  void everyModelStandsBesideItsLine() {
    Difference above = new Difference(22.07, 23.04, 0.02, 30);
    Difference near = new Difference(21.23, 21.25, 0.02, 30);
    Difference below = new Difference(20.60, 20.09, 0.02, 30);

    assertThat(robustness(List.of(above, near, below), NONE, NONE))
        .contains(
            "23.04 dB at variance 0.05 (22.07), 21.25 dB at variance 0.10 (21.23) and 20.09 dB at"
                + " variance 0.15 (20.60)",
            "above that code by 0.97 dB at 0.05;",
            "below that code by 0.51 dB at 0.15;",
            "not clearly above or below it at 0.10.");
    assertThat(robustness(List.of(above, above, above), NONE, NONE)).doesNotContain("below");
    assertThat(robustness(List.of(below, below, below), NONE, NONE)).doesNotContain("above");
  }

  @Test
  void noiseInTrainingGainsAndLosesOnlyWhatFiguresShow() {
    Difference gain = new Difference(19.19, 22.42, 0.1, 30);
    Difference loss = new Difference(24.31, 23.81, 0.1, 30);
    Difference within = new Difference(24.31, 24.20, 0.1, 30);
    List<Difference> line = List.of(gain, gain, gain);

    assertThat(robustness(line, gain, loss))
        .contains("gains 3.23 dB at that variance, and loses 0.50 dB where there is none")
        .doesNotContainPattern("-[0-9]");
    assertThat(robustness(line, loss, gain))
        .contains("loses 0.50 dB at that variance, and gains 3.23 dB where there is none");
    assertThat(robustness(line, within, within))
        .contains("makes no clear difference at that variance, and makes no clear difference");
  }

  private static String robustness(List<Difference> overLine, Difference gain, Difference price) {
    Generation samples = generation(9, 200, 10);
    return DogSentences.of(
        Words.ENGLISH,
        RobustnessClaim.of(
            List.of(0.05, 0.10, 0.15),
            overLine,
            0.10,
            gain,
            price,
            samples,
            samples,
            Optional.empty()));
  }

  @Test
  void samplingBecomesGenerativeOnlyIfNoiseMadeItSo() {
    Generation falls = generation(9, 200, 10);
    Generation full = generation(9, 508, 32);

    assertThat(sampling(falls, falls)).isEqualTo(Sampling.FALLS_SHORT);
    assertThat(sampling(full, falls)).isEqualTo(Sampling.FALLS_SHORT);
    assertThat(sampling(falls, full)).isEqualTo(Sampling.BECAME_GENERATIVE);
    assertThat(sampling(full, full)).isEqualTo(Sampling.WAS_NOT_TOLD);
  }

  @Test
  void whatChancePutsOverTheBarIsUnclear() {
    // Five pictures fewer than the control is just told from it, four is not.
    Generation just = generation(9, 508, 27);
    Generation notJust = generation(9, 508, 29);
    assertThat(just.fallsShort()).isTrue();
    assertThat(notJust.fallsShort()).isFalse();
    assertThat(sampling(just, notJust)).isEqualTo(Sampling.UNCLEAR);
  }

  @Test
  void onePictureMoreIsNotHigherWithNoise() {
    RobustnessClaim claim = claim(generation(9, 200, 10), generation(9, 200, 11));
    assertThat(claim.coverage().change()).isEqualTo(Change.UNCLEAR);
    assertThat(DogSentences.of(Words.ENGLISH, claim))
        .contains("coverage is not clearly changed by the noise");

    RobustnessClaim clear = claim(generation(9, 200, 10), generation(9, 300, 20));
    assertThat(DogSentences.of(Words.ENGLISH, clear))
        .contains("precision is higher with noise, coverage is higher with noise");
    assertThat(
            DogSentences.of(Words.ENGLISH, claim(generation(9, 300, 20), generation(9, 200, 10))))
        .contains("precision is lower with noise, coverage is lower with noise");
  }

  private static Sampling sampling(Generation plain, Generation noisy) {
    return claim(plain, noisy).sampling();
  }

  private static RobustnessClaim claim(Generation plain, Generation noisy) {
    return RobustnessClaim.of(
        List.of(0.10), List.of(NONE), 0.10, NONE, NONE, plain, noisy, Optional.empty());
  }

  @Test
  void otherSeedsAreSaidOnlyIfThereAreAny() {
    Generation samples = generation(9, 200, 10);
    Difference gain = Difference.paired(new double[] {19, 19.2}, new double[] {22, 22.3});
    Difference price = Difference.paired(new double[] {24.3, 24.2}, new double[] {24.3, 24.3});
    RobustnessClaim one = claim(samples, samples);
    RobustnessClaim two =
        RobustnessClaim.of(
            List.of(0.10),
            List.of(NONE),
            0.10,
            NONE,
            NONE,
            samples,
            samples,
            Optional.of(new SeedsClaim(2, gain, price)));

    assertThat(DogSentences.of(Words.ENGLISH, one)).doesNotContain("seeds");
    assertThat(DogSentences.of(Words.ENGLISH, two))
        // Two pairs that differ by 3.0 and 3.1: 12.7 times the error of 0.05.
        .contains("Over 2 seeds", "variance 0.10 gains 3.05 dB at that variance", "+- 0.64 dB")
        .contains("makes no clear difference where there is no noise");
  }

  // dog.6

  @Test
  void samplingIsGenerativeOnlyWhereNoFigureFallsShort() {
    SampledDogs control = sampled("rebuilt", 500, 32, 400, 20);
    SampledDogs far = sampled("prior", 300, 10, 400, 20);
    SampledDogs wrongLayout = sampled("gaussian", 500, 32, 200, 20);
    SampledDogs oneKind = sampled("gaussian", 500, 32, 400, 5);
    SampledDogs near = sampled("mixture", 499, 31, 399, 19);

    assertThat(far.toldFrom(control)).isTrue();
    assertThat(wrongLayout.toldFrom(control)).isTrue();
    assertThat(oneKind.toldFrom(control)).isTrue();
    assertThat(near.toldFrom(control)).isFalse();

    CodeOfDogs falls = new CodeOfDogs(23, control, List.of(far, oneKind));
    CodeOfDogs generative = new CodeOfDogs(20, control, List.of(far, near));
    assertThat(generative.nearest()).isEqualTo(near);
    assertThat(generative.notTold()).containsExactly("mixture");
    assertThat(sampling(falls, falls))
        .contains("of variance 0.10 rebuilds test pictures at 23.00 dB")
        .contains("samples of each kind can be told from reconstructions")
        .startsWith("Sampling becomes generative with neither. The code");
    assertThat(sampling(falls, generative))
        .contains(
            "come nearest from ten Gaussians fitted to the codes, with 97 % and 97 %",
            "samples from ten Gaussians fitted to the codes cannot be told")
        .contains("generative with the variational code, as far");
    assertThat(sampling(generative, falls)).contains("generative with the code that was trained");
    assertThat(sampling(generative, generative)).contains("generative with both");
  }

  private static String sampling(CodeOfDogs noisy, CodeOfDogs variational) {
    return DogSentences.of(Words.ENGLISH, new SamplingDogsClaim(0.10, noisy, variational));
  }

  /** Of 512 samples and 32 pictures. */
  private static SampledDogs sampled(
      String name, int precise, int covered, int preciseByComponents, int recalled) {
    return new SampledDogs(
        name,
        figures(preciseByComponents, recalled),
        first(recalled),
        figures(precise, covered),
        first(covered),
        0.9);
  }

  private static GenerativeFigures figures(int precise, int pictures) {
    double share = pictures / 32.0;
    return new GenerativeFigures(512, 1, 1, 0.05, precise / 512.0, share, 1, share, 0.1, 0.1);
  }

  @Test
  void figuresThroughNoiseAreMeansOverItsDraws() {
    float[][] pictures = {{0.5f}, {0.5f}};
    // 20 dB and 40 dB in turns, whatever the picture.
    double[] psnr =
        PictureFigures.psnr(
            pictures,
            4,
            7,
            seed -> new float[][] {{seed % 2 == 0 ? 0.6f : 0.51f}, {seed % 2 == 0 ? 0.6f : 0.4f}});
    assertThat(psnr).hasSize(2);
    assertThat(psnr[0]).isCloseTo(30, org.assertj.core.api.Assertions.within(1e-3));
    assertThat(psnr[1]).isCloseTo(20, org.assertj.core.api.Assertions.within(1e-3));
  }
}
