package io.github.autoencoder4j.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Constructed figures, and what may be claimed and said of them. */
class MnistClaimsTest {

  private static final Difference NONE = new Difference(0.5, 0.5, 0.1, 100);

  // mnist.2

  @Test
  void theCodeIsBelowTheLinearErrorOnlyIfItIs() {
    Difference better = new Difference(0.0557, 0.0323, 0.0002, 100);
    Difference worse = new Difference(0.0323, 0.0557, 0.0002, 100);
    Difference guessed = Difference.ofShares(1_135, 10_000, 8_890, 10_000);
    Difference byChance = Difference.ofShares(113, 1_000, 118, 1_000);

    assertThat(MnistSentences.of(Words.ENGLISH, new BottleneckClaim(better, guessed)))
        .contains("0.0323, below the 0.0557", "88.9 %", "correctly, more than the 11.4 %");
    assertThat(MnistSentences.of(Words.ENGLISH, new BottleneckClaim(worse, byChance)))
        .contains("0.0557, above the 0.0323", "correctly, not clearly different from the 11.3 %");
  }

  // mnist.3

  @Test
  void errorsAreThoseOfTheChosenPixels() {
    float[][] clean = {{0, 0, 1}, {0.2f, 0.4f, 0.6f}};
    float[][] noisy = {{0.4f, 0, 0.5f}, {1, 1, 0.6f}};
    float[][] denoised = {{0, 0.2f, 1}, {0, 0, 0.5f}};

    Difference black =
        DenoisingClaim.errors(clean, noisy, denoised, value -> value == 0).orElseThrow();
    // The second picture has no black pixel, so there is one pair only.
    assertThat(black.before()).isCloseTo(0.08, within(1e-6));
    assertThat(black.after()).isCloseTo(0.02, within(1e-6));
    assertThat(black.change()).isEqualTo(Change.UNCLEAR);
    assertThat(DenoisingClaim.errors(clean, noisy, denoised, value -> value > 1)).isEmpty();
  }

  @Test
  void theAutoencoderLiftsThePsnrOnlyIfItDoes() {
    Difference lifted = new Difference(26.624, 28.196, 0.01, 100);
    Difference lowered = new Difference(28.196, 26.624, 0.01, 100);
    Difference within = new Difference(11, 11.1, 0.1, 100);
    Optional<Difference> error = Optional.of(new Difference(0.02, 0.03, 0.001, 100));

    assertThat(
            MnistSentences.of(
                Words.ENGLISH, new DenoisingClaim(lifted, 0.09, Optional.empty(), error)))
        .contains("lifts it by 1.58 dB to 28.20 dB", "error grows: from 0.0200 to 0.0300")
        .doesNotContain("black");
    assertThat(
            MnistSentences.of(
                Words.ENGLISH, new DenoisingClaim(lowered, 0.09, error, Optional.empty())))
        .contains("lowers it by 1.58 dB to 26.62 dB", "are black,")
        .doesNotContain("bright");
    assertThat(
            MnistSentences.of(
                Words.ENGLISH,
                new DenoisingClaim(within, 0.09, Optional.empty(), Optional.of(NONE))))
        .contains("makes no clear difference (11.10 dB)", "does not change clearly");
  }

  // mnist.4

  @Test
  void everyClassThatIsNeverSeenIsNamed() {
    assertThat(classes(List.of("coat", "bag", "boot", "shirt", "sandal"), 0, 500, 0, 12, 0))
        .contains("sees 2 of the 5 classes")
        .endsWith("class bag most often (500 of 2,000), classes coat, boot and sandal never.");
  }

  @Test
  void tiesAreNamedTogether() {
    assertThat(classes(List.of("A", "B", "C", "D"), 3, 40, 40, 3))
        .endsWith(
            "classes B and C most often (each 40 of 2,000), classes A and D least often (each 3).");
    assertThat(classes(List.of("A", "B"), 7, 8))
        .endsWith(
            "sees 0 of the 2 classes in at least one sample in two hundred: class B most often (8"
                + " of 2,000), class A least often (7).");
  }

  @Test
  void nobodyIsFirstWhereAllAreEqual() {
    assertThat(classes(List.of("A", "B"), 40, 40)).endsWith("each of them 40 times of 2,000.");
    assertThat(classes(List.of("A", "B"), 0, 0)).endsWith("It sees no class at all.");
    assertThat(classes(List.of("A"), 9)).endsWith("each of them 9 times of 2,000.");
  }

  private static String classes(List<String> names, Integer... counts) {
    return MnistSentences.of(Words.ENGLISH, sampling(NONE, Optional.empty(), names, counts));
  }

  private static SamplingClaim sampling(
      Difference recognised,
      Optional<Difference> whereCodesAre,
      List<String> names,
      Integer... counts) {
    return new SamplingClaim(
        0.5, 0.9, recognised, whereCodesAre, 2_000, new ClassTally(names, List.of(counts)));
  }

  @Test
  void samplesAreComparedWithRealPicturesAndWithEachOther() {
    List<String> one = List.of("A");
    Difference fewer = Difference.ofShares(9_000, 10_000, 560, 2_000);
    Difference inFilled = Difference.ofShares(100, 1_000, 460, 1_000);

    assertThat(MnistSentences.of(Words.ENGLISH, sampling(fewer, Optional.of(inFilled), one, 560)))
        .contains(
            "of 28.0 % of 2,000 samples: samples are recognised less often than real pictures",
            "46.0 % of the samples in those cells and of 10.0 % of those in the gaps: more where")
        .doesNotContain("crisp", "digit");
    Difference alike = Difference.ofShares(100, 1_000, 105, 1_000);
    assertThat(MnistSentences.of(Words.ENGLISH, sampling(alike, Optional.of(alike), one, 210)))
        .contains("2,000 samples: no clear difference", "in the gaps: no clear difference");
    assertThat(MnistSentences.of(Words.ENGLISH, sampling(fewer, Optional.empty(), one, 560)))
        .doesNotContain("gaps");
  }

  // mnist.5

  @Test
  void worseInAllSeedsIsNeverAsGood() {
    // The spread of the seeds hides it, the pairs do not.
    SeedDifference loss =
        SeedDifference.of(new double[] {0.280, 0.290, 0.300}, new double[] {0.284, 0.294, 0.305});
    assertThat(loss.higher()).isEqualTo(3);
    assertThat(loss.difference().change()).isEqualTo(Change.HIGHER);
    assertThat(penalty(loss))
        .contains(
            "is 0.2900 without and 0.2943 with it: higher (worse) by 0.0043", "in 3 of 3 seeds. ")
        .doesNotContain("as good", "cannot tell");
  }

  @Test
  void agreeingSeedsWithinTheErrorAreCalledBoth() {
    SeedDifference loss =
        SeedDifference.of(new double[] {0.280, 0.290, 0.300}, new double[] {0.281, 0.291, 0.310});
    assertThat(loss.difference().change()).isEqualTo(Change.UNCLEAR);
    assertThat(penalty(loss))
        .contains("higher (worse) by 0.0040", "in 3 of 3 seeds; so few seeds cannot tell that");
  }

  @Test
  void seedsThatDisagreeAreCounted() {
    SeedDifference loss =
        SeedDifference.of(new double[] {0.280, 0.290, 0.300}, new double[] {0.285, 0.280, 0.299});
    assertThat(loss.higher()).isEqualTo(1);
    assertThat(loss.lower()).isEqualTo(2);
    assertThat(penalty(loss))
        .contains("lower (better) by 0.0020", "in 2 of 3 seeds; so few seeds cannot tell that");
  }

  @Test
  void theSameOnAverageHasNoDirection() {
    SeedDifference loss =
        SeedDifference.of(new double[] {0.28, 0.29, 0.30}, new double[] {0.29, 0.28, 0.30});
    assertThat(penalty(loss))
        .contains("higher (worse) in 1, lower (better) in 1 of 3 seeds, and the same on average.");
  }

  @Test
  void oneSeedHasNoError() {
    SeedDifference loss = SeedDifference.of(new double[] {0.28}, new double[] {0.29});
    assertThat(penalty(loss))
        .contains("higher (worse) by 0.0100 on average, and in 1 of 1 seeds; so few seeds cannot")
        .doesNotContain("NaN");
  }

  private static String penalty(SeedDifference loss) {
    return MnistSentences.of(Words.ENGLISH, new PenaltyClaim(loss, loss, loss, loss, loss, loss));
  }

  @Test
  void theWeakerPenaltyIsSaidApart() {
    SeedDifference full =
        SeedDifference.of(new double[] {0.280, 0.290, 0.300}, new double[] {0.284, 0.294, 0.305});
    SeedDifference weak =
        SeedDifference.of(new double[] {0.280, 0.290, 0.300}, new double[] {0.281, 0.289, 0.300});
    assertThat(
            MnistSentences.of(Words.ENGLISH, new PenaltyClaim(full, full, full, full, weak, weak)))
        // Three pairs that differ by 0.0040, 0.0040 and 0.0050: 4.303 times the error of 0.00033.
        .contains("higher (worse) by 0.0043 +- 0.0014 on average")
        .contains("a tenth of the penalty, 1e-5: The cross-entropy of the test pictures is 0.2900")
        .contains("higher (worse) in 1, lower (better) in 1 of 3 seeds");
  }

  // mnist.6

  @Test
  void thePriorIsBetterOnlyWhereItIs() {
    Difference more = Difference.ofShares(1_000, 2_000, 1_200, 2_000);
    Difference fewer = Difference.ofShares(1_200, 2_000, 1_000, 2_000);
    Difference alike = Difference.ofShares(1_000, 2_000, 1_004, 2_000);

    assertThat(variational(more, fewer, alike, more))
        .contains(
            "60.0 % of its uniform samples (plain code: 50.0 %): more.",
            "sure of 50.0 % of samples of the prior, which cover 50.2 % of the real",
            "recognition is lower with the variational code, coverage is not clearly different.")
        .endsWith("covers more of the real pictures than the prior of the variational one.");
    assertThat(variational(fewer, more, more, fewer))
        .contains("fewer.", "recognition is higher with", "coverage is higher with")
        .contains("So the prior of the variational code covers more");
    assertThat(variational(alike, alike, alike, alike))
        .contains("(plain code: 50.0 %): no clear difference.", "about as many of the real");
  }

  private static String variational(
      Difference uniform, Difference recognised, Difference coverage, Difference fitted) {
    Draws.Comparison comparison = new Draws.Comparison(recognised, coverage);
    return MnistSentences.of(
        Words.ENGLISH,
        new VariationalClaim(5.5, 2, NONE, 0.7, 0.9, uniform, comparison, comparison, fitted));
  }

  // mnist.7

  @Test
  void moreNumbersHelpOnlyIfTheyDo() {
    assertThat(size(new Difference(0.0100, 0.0080, 0.0001, 2)))
        .contains(
            "falls from 0.0400 with 2 numbers to 0.0080 with 64, the best size",
            "with 95 % of that gain is 16, with an error of 0.0120, where PCA with as many numbers"
                + " leaves 0.0270",
            "From 32 to 64 numbers the error still falls.",
            "30.0 % of the pictures wrongly with 2 numbers; for them 8 numbers have 95 %");
    assertThat(size(new Difference(0.0100, 0.0104, 0.0010, 2)))
        .contains("From 32 to 64 numbers the error does not change clearly.");
    assertThat(size(new Difference(0.0100, 0.0140, 0.0001, 2))).contains("the error grows again.");
  }

  private static String size(Difference lastStep) {
    return MnistSentences.of(
        Words.ENGLISH,
        new CodeSizeClaim(3, 2, 16, 0.04, 0.012, 64, 0.008, 0.027, 32, 64, lastStep, 8, 0.3, 0.04));
  }
}
