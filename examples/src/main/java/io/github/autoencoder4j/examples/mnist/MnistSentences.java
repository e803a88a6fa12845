package io.github.autoencoder4j.examples.mnist;

import static io.github.autoencoder4j.examples.claim.English.list;
import static io.github.autoencoder4j.examples.claim.English.say;
import static io.github.autoencoder4j.examples.claim.English.size;
import static io.github.autoencoder4j.examples.claim.English.word;

import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import java.util.List;
import java.util.Optional;

/**
 * The claims of the MNIST tasks in English. The data may be other than digits, so they speak of
 * pictures and classes.
 */
final class MnistSentences {

  private MnistSentences() {}

  static String of(BottleneckClaim claim) {
    return say(
        "With two numbers a picture the mean squared error is %.4f, %s the %.4f that the best linear"
            + " code of two numbers (PCA) leaves. The ten nearest training codes name %.1f %% of the"
            + " test pictures correctly, %s the %.1f %% that always naming the commonest class would;"
            + " no label was used in training.",
        claim.error().after(),
        word(claim.error().change(4), "above", "below", "not clearly different from"),
        claim.error().before(),
        100 * claim.neighbors().after(),
        word(claim.neighbors().change(3), "more than", "fewer than", "not clearly different from"),
        100 * claim.neighbors().before());
  }

  static String of(DenoisingClaim claim) {
    return say(
        "The noise leaves the test pictures a mean PSNR of %.2f dB; the autoencoder %s. Its"
            + " binary cross-entropy is %.4f per pixel.%s%s",
        claim.psnr().before(),
        say(
            word(
                claim.psnr().change(2),
                "lifts it by %2$s dB to %1$.2f dB",
                "lowers it by %2$s dB to %1$.2f dB",
                "makes no clear difference (%1$.2f dB)"),
            claim.psnr().after(),
            size(claim.psnr(), 2)),
        claim.crossEntropy(),
        errors("black", claim.black()),
        errors("at least half bright", claim.bright()));
  }

  private static String errors(String kind, Optional<Difference> error) {
    return error
        .map(
            difference ->
                say(
                    " Where the clean pictures are %s, the mean squared error %s: from %.4f to"
                        + " %.4f.",
                    kind,
                    word(difference.change(4), "grows", "falls", "does not change clearly"),
                    difference.before(),
                    difference.after()))
        .orElse("");
  }

  static String of(SamplingClaim claim) {
    Difference recognised = claim.recognised();
    return say(
        "At least ten training codes lie in %.0f %% of the cells of the box. A classifier that is"
            + " right on %.1f %% of the test pictures is at least 90 %% sure of %.1f %% of them and of"
            + " %.1f %% of %,d samples: %s.%s %s",
        100 * claim.filledShare(),
        100 * claim.classifierAccuracy(),
        100 * recognised.before(),
        100 * recognised.after(),
        claim.samples(),
        word(
            recognised.change(3),
            "samples are recognised more often than real pictures",
            "samples are recognised less often than real pictures",
            "no clear difference"),
        claim
            .whereCodesAre()
            .map(
                difference ->
                    say(
                        " It is that sure of %.1f %% of the samples in those cells and of %.1f %% of"
                            + " those in the gaps: %s.",
                        100 * difference.after(),
                        100 * difference.before(),
                        word(
                            difference.change(3),
                            "more where training codes are",
                            "fewer where training codes are",
                            "no clear difference")))
            .orElse(""),
        classes(claim.tally(), claim.samples()));
  }

  private static String classes(ClassTally tally, int samples) {
    int most = tally.most();
    int least = tally.least();
    if (most == 0) {
      return "It sees no class at all.";
    }
    String seen =
        say(
            "It sees %d of the %d classes in at least one sample in two hundred: ",
            tally.withAtLeast(SampleQuality.SEEN), tally.names().size());
    if (most == least) {
      return say("%seach of them %,d times of %,d.", seen, most, samples);
    }
    return say(
        "%s%s most often (%s%,d of %,d), %s %s.",
        seen,
        named(tally.with(most)),
        tally.with(most).size() > 1 ? "each " : "",
        most,
        samples,
        named(tally.with(least)),
        least == 0
            ? "never"
            : say("least often (%s%,d)", tally.with(least).size() > 1 ? "each " : "", least));
  }

  private static String named(List<String> classes) {
    return (classes.size() > 1 ? "classes " : "class ") + list(classes);
  }

  static String of(PenaltyClaim claim) {
    int seeds = claim.loss().seeds();
    return say(
        "An L2 penalty of 1e-4, over %d seeds with and without; behind each difference stands its"
            + " standard error. %s %s %s %s",
        seeds,
        sentence(
            "The cross-entropy of the test pictures",
            claim.loss(),
            4,
            "higher (worse)",
            "lower (better)"),
        sentence(
            "The standard deviation of the training codes", claim.spread(), 2, "larger", "smaller"),
        sentence(
            "The share of the sampling box that codes fill",
            claim.filledShare(),
            3,
            "higher",
            "lower"),
        sentence(
            "The share of uniform samples that a classifier recognises",
            claim.recognisedShare(),
            3,
            "higher",
            "lower"));
  }

  /**
   * One figure with and without. Three seeds are few: even where all of them agree, the difference
   * can be within its error, and both is said then.
   */
  private static String sentence(
      String what, SeedDifference figure, int decimals, String higher, String lower) {
    Difference difference = figure.difference();
    int sign = difference.shown(decimals).signum();
    String format = "%s is %." + decimals + "f without and %." + decimals + "f with it: ";
    String figures = say(format, what, difference.before(), difference.after());
    if (sign == 0) {
      return figures
          + say(
              "%s in %d, %s in %d of %d seeds, and the same on average.",
              higher, figure.higher(), lower, figure.lower(), figure.seeds());
    }
    return figures
        + say(
            "%s by %s%s on average, and in %d of %d seeds%s.",
            sign > 0 ? higher : lower,
            size(difference, decimals),
            // An interrupted run may have one seed, which has none.
            Double.isNaN(difference.standardError())
                ? ""
                : say(" +- %.2g", difference.standardError()),
            figure.agreeing(),
            figure.seeds(),
            difference.change(decimals) == Change.UNCLEAR
                ? "; so few seeds cannot tell that from chance"
                : "");
  }
}
