package io.github.autoencoder4j.examples.dog;

import static io.github.autoencoder4j.examples.claim.Words.size;

import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.study.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The claims of the dog tasks in words. */
final class DogSentences {

  private static final int DB_DIGITS = 2;

  private DogSentences() {}

  static String of(Words words, LineClaim claim) {
    Difference line = claim.overLine();
    return words.say(
        "dog.1.answer",
        line.after(),
        claim.pooled(),
        claim.ssim(),
        line.before(),
        claim.oneColor(),
        words.word(line.change(DB_DIGITS), "dog.1.line", size(line, DB_DIGITS)),
        line.standardError(),
        claim.pictures());
  }

  static String of(Words words, LatentsClaim claim) {
    Difference smoothness = claim.smoothness();
    return words.say(
        "dog.2.answer",
        claim.worst(),
        claim.best(),
        smoothness.after(),
        smoothness.before(),
        words.word(smoothness.change(1), "dog.2.smooth"),
        claim.channels(),
        100 * claim.strongest(),
        100 * claim.weakest(),
        100.0 / claim.channels(),
        Double.isNaN(claim.brightness()) ? "" : words.say("dog.2.brightness", claim.brightness()),
        claim.mean(),
        claim.std());
  }

  static String of(Words words, GaussianClaim claim) {
    return words.say(
        "dog.3.answer",
        claim.codes(),
        claim.entries(),
        claim.rank(),
        100 * claim.covariance().before(),
        100 * claim.covariance().after(),
        words.word(claim.covariance().change(2), "dog.3.recall"),
        100 * claim.shrinkage().after(),
        words.word(claim.shrinkage().change(2), "dog.3.recall"),
        100 * claim.precision().after(),
        100 * claim.precision().before(),
        100 * claim.coverage().after(),
        100 * claim.coverage().before(),
        words.say(claim.fallsShort() ? "dog.3.told" : "dog.3.not_told"));
  }

  static String of(Words words, NoiseClaim claim) {
    int last = claim.levels().size() - 1;
    List<String> costs = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      Difference cost = claim.costs().get(i);
      costs.add(
          words.say(
              "dog.4.cost",
              cost.after(),
              100 * claim.levels().get(i),
              words.word(cost.change(DB_DIGITS), "dog.4.cost", size(cost, DB_DIGITS))));
    }
    return words.say(
        "dog.4.answer",
        claim.costs().get(0).before(),
        words.list(costs),
        claim.overOneColor().before(),
        words.word(claim.overOneColor().change(DB_DIGITS), "dog.4.color"),
        claim.contrast().before(),
        claim.contrast().after(),
        words.word(claim.contrast().change(3), "dog.4.contrast"));
  }

  static String of(Words words, RobustnessClaim claim) {
    return words.say(
        "dog.5.answer",
        overLine(words, claim),
        claim.price().before(),
        claim.gain().before(),
        claim.judged(),
        claim.price().after(),
        claim.gain().after(),
        words.word(claim.gain().change(DB_DIGITS), "dog.5.effect", size(claim.gain(), DB_DIGITS)),
        words.word(claim.price().change(DB_DIGITS), "dog.5.effect", size(claim.price(), DB_DIGITS)),
        100 * claim.precision().after(),
        100 * claim.precision().before(),
        100 * claim.controlPrecision(),
        100 * claim.coverage().after(),
        100 * claim.coverage().before(),
        100 * claim.controlCoverage(),
        words.word(claim.precision().change(), "dog.5.share"),
        words.word(claim.coverage().change(), "dog.5.share"),
        words.say(
            "dog.5.sampling." + claim.sampling().name().toLowerCase(Locale.ROOT), claim.pictures()),
        claim.seeds().map(seeds -> of(words, claim.judged(), seeds)).orElse(""));
  }

  private static String of(Words words, double judged, SeedsClaim claim) {
    return words.say(
        "dog.5.seeds",
        claim.seeds(),
        judged,
        words.word(claim.gain().change(DB_DIGITS), "dog.5.effect", size(claim.gain(), DB_DIGITS)),
        claim.gain().margin(),
        words.word(claim.price().change(DB_DIGITS), "dog.5.effect", size(claim.price(), DB_DIGITS)),
        claim.price().margin());
  }

  static String of(Words words, SamplingDogsClaim claim) {
    return words.say(
        "dog.6.answer",
        words.say(
            "dog.6.code.noise", claim.variance(), claim.noisy().psnr(), of(words, claim.noisy())),
        words.say(
            "dog.6.code.variational", claim.variational().psnr(), of(words, claim.variational())),
        words.word(claim.precision().change(2), "dog.6.share"),
        words.word(claim.coverage().change(2), "dog.6.share"),
        words.say("dog.6.verdict." + verdict(claim)));
  }

  private static String verdict(SamplingDogsClaim claim) {
    boolean noisy = !claim.noisy().notTold().isEmpty();
    boolean variational = !claim.variational().notTold().isEmpty();
    return noisy ? (variational ? "both" : "noise") : variational ? "variational" : "neither";
  }

  private static String of(Words words, CodeOfDogs code) {
    SampledDogs nearest = code.nearest();
    SampledDogs control = code.control();
    List<String> notTold =
        code.notTold().stream().map(name -> words.say("dog.6.sampler." + name)).toList();
    return words.say(
        "dog.6.samples",
        100 * control.contrast().precision(),
        100 * control.contrast().coverage(),
        words.say("dog.6.sampler." + nearest.name()),
        100 * nearest.contrast().precision(),
        100 * nearest.contrast().coverage(),
        100 * nearest.components().recall(),
        100 * control.components().recall(),
        notTold.isEmpty()
            ? words.say("dog.6.all_told")
            : words.say("dog.6.not_told", words.list(notTold)));
  }

  /** Each model beside the best linear code for its noise, and which of them are above it. */
  private static String overLine(Words words, RobustnessClaim claim) {
    List<String> models = new ArrayList<>();
    List<String> above = new ArrayList<>();
    List<String> below = new ArrayList<>();
    List<String> unclear = new ArrayList<>();
    for (int i = 0; i < claim.variances().size(); i++) {
      Difference line = claim.overLine().get(i);
      double variance = claim.variances().get(i);
      String size = words.say("dog.5.size", size(line, DB_DIGITS), variance);
      switch (line.change(DB_DIGITS)) {
        case HIGHER -> above.add(size);
        case LOWER -> below.add(size);
        case UNCLEAR -> unclear.add(words.say("dog.5.variance", variance));
      }
      models.add(words.say("dog.5.model", line.after(), variance, line.before()));
    }
    List<String> verdicts = new ArrayList<>();
    verdict(words, "dog.5.above", above, verdicts);
    verdict(words, "dog.5.below", below, verdicts);
    verdict(words, "dog.5.unclear", unclear, verdicts);
    return words.say(
        "dog.5.line", words.list(models), String.join(words.say("dog.5.separator"), verdicts));
  }

  private static void verdict(
      Words words, String name, List<String> models, List<String> verdicts) {
    if (!models.isEmpty()) {
      verdicts.add(words.say(name, words.list(models)));
    }
  }
}
