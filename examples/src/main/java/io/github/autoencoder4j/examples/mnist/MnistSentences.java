package io.github.autoencoder4j.examples.mnist;

import static io.github.autoencoder4j.examples.claim.Words.size;

import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import java.util.List;
import java.util.Optional;

/**
 * The claims of the MNIST tasks in words. The data may be other than digits, so they speak of
 * pictures and classes.
 */
final class MnistSentences {

  private MnistSentences() {}

  static String of(Words words, BottleneckClaim claim) {
    return words.say(
        "mnist.2.answer",
        claim.error().after(),
        words.word(claim.error().change(4), "mnist.2.error"),
        claim.error().before(),
        100 * claim.neighbors().after(),
        words.word(claim.neighbors().change(3), "mnist.2.neighbors"),
        100 * claim.neighbors().before());
  }

  static String of(Words words, DenoisingClaim claim) {
    return words.say(
        "mnist.3.answer",
        claim.psnr().before(),
        words.word(
            claim.psnr().change(2), "mnist.3.psnr", claim.psnr().after(), size(claim.psnr(), 2)),
        claim.crossEntropy(),
        errors(words, "mnist.3.black", claim.black()),
        errors(words, "mnist.3.bright", claim.bright()));
  }

  private static String errors(Words words, String where, Optional<Difference> error) {
    return error
        .map(
            difference ->
                words.say(
                    where,
                    words.word(difference.change(4), "mnist.3.error"),
                    difference.before(),
                    difference.after()))
        .orElse("");
  }

  static String of(Words words, SamplingClaim claim) {
    Difference recognised = claim.recognised();
    return words.say(
        "mnist.4.answer",
        100 * claim.filledShare(),
        100 * claim.classifierAccuracy(),
        100 * recognised.before(),
        100 * recognised.after(),
        claim.samples(),
        words.word(recognised.change(3), "mnist.4.recognised"),
        claim
            .whereCodesAre()
            .map(
                difference ->
                    words.say(
                        "mnist.4.where",
                        100 * difference.after(),
                        100 * difference.before(),
                        words.word(difference.change(3), "mnist.4.where")))
            .orElse(""),
        classes(words, claim.tally(), claim.samples()));
  }

  private static String classes(Words words, ClassTally tally, int samples) {
    int most = tally.most();
    int least = tally.least();
    if (most == 0) {
      return words.say("mnist.4.none");
    }
    int seen = tally.withAtLeast(SampleQuality.SEEN);
    int all = tally.names().size();
    if (most == least) {
      return words.say("mnist.4.equal", seen, all, most, samples);
    }
    return words.say(
        "mnist.4.classes",
        seen,
        all,
        named(words, tally.with(most)),
        each(words, tally.with(most)),
        most,
        samples,
        named(words, tally.with(least)),
        least == 0
            ? words.say("mnist.4.never")
            : words.say("mnist.4.least", each(words, tally.with(least)), least));
  }

  private static String each(Words words, List<String> classes) {
    return classes.size() > 1 ? words.say("mnist.4.each") : "";
  }

  private static String named(Words words, List<String> classes) {
    return words.say(classes.size() > 1 ? "classes" : "class", words.list(classes));
  }

  static String of(Words words, PenaltyClaim claim) {
    return words.say(
        "mnist.5.answer",
        claim.loss().seeds(),
        sentence(words, "loss", claim.loss(), 4),
        sentence(words, "spread", claim.spread(), 2),
        sentence(words, "filled", claim.filledShare(), 3),
        sentence(words, "recognised", claim.recognisedShare(), 3),
        sentence(words, "loss", claim.weakLoss(), 4),
        sentence(words, "spread", claim.weakSpread(), 2));
  }

  /**
   * One figure with and without. Three seeds are few: even where all of them agree, the difference
   * can be within its error, and both is said then.
   */
  private static String sentence(Words words, String name, SeedDifference figure, int decimals) {
    Difference difference = figure.difference();
    String what = "mnist.5." + name;
    int sign = difference.shown(decimals).signum();
    String places = "%." + decimals + "f";
    String figures =
        words.say(
            "mnist.5.figures",
            words.say(what),
            String.format(java.util.Locale.ROOT, places, difference.before()),
            String.format(java.util.Locale.ROOT, places, difference.after()));
    if (sign == 0) {
      return figures
          + words.say(
              "mnist.5.same",
              words.say(what + ".higher"),
              figure.higher(),
              words.say(what + ".lower"),
              figure.lower(),
              figure.seeds());
    }
    return figures
        + words.say(
            "mnist.5.differs",
            words.say(what + (sign > 0 ? ".higher" : ".lower")),
            size(difference, decimals),
            // One seed has none.
            Double.isNaN(difference.margin())
                ? ""
                : words.say("mnist.5.error", difference.margin()),
            figure.agreeing(),
            figure.seeds(),
            difference.change(decimals) == Change.UNCLEAR ? words.say("mnist.5.chance") : "");
  }

  static String of(Words words, VariationalClaim claim) {
    return words.say(
        "mnist.6.answer",
        claim.nats(),
        claim.activeUnits(),
        claim.error().after(),
        words.word(claim.error().change(4), "mnist.2.error"),
        claim.error().before(),
        100 * claim.filled(),
        100 * claim.plainFilled(),
        100 * claim.recognised().after(),
        100 * claim.recognised().before(),
        words.word(claim.recognised().change(3), "mnist.6.recognised"),
        comparison(words, "mnist.6.prior", claim.prior()),
        comparison(words, "mnist.6.mixture", claim.mixture()),
        words.word(claim.plainMixtureToPrior().change(3), "mnist.6.fitted"));
  }

  private static String comparison(Words words, String name, Draws.Comparison comparison) {
    return words.say(
        name,
        100 * comparison.recognised().after(),
        100 * comparison.coverage().after(),
        100 * comparison.recognised().before(),
        100 * comparison.coverage().before(),
        words.word(comparison.recognised().change(3), "mnist.6.share"),
        words.word(comparison.coverage().change(3), "mnist.6.share"));
  }

  static String of(Words words, CodeSizeClaim claim) {
    return words.say(
        "mnist.7.answer",
        claim.seeds(),
        claim.smallest(),
        claim.errorOfSmallest(),
        claim.best(),
        claim.errorOfBest(),
        claim.knee(),
        claim.errorOfKnee(),
        claim.linearAtKnee(),
        claim.before(),
        claim.largest(),
        words.word(claim.lastStep().change(), "mnist.7.step"),
        100 * claim.neighborsOfSmallest(),
        claim.smallest(),
        claim.kneeOfNeighbors(),
        100 * claim.neighborsAtKnee());
  }
}
