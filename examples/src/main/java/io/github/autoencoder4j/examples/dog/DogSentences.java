package io.github.autoencoder4j.examples.dog;

import static io.github.autoencoder4j.examples.claim.English.list;
import static io.github.autoencoder4j.examples.claim.English.say;
import static io.github.autoencoder4j.examples.claim.English.size;
import static io.github.autoencoder4j.examples.claim.English.word;

import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import java.util.ArrayList;
import java.util.List;

/** The claims of the dog tasks in English. */
final class DogSentences {

  private static final int DB_DIGITS = 2;

  private DogSentences() {}

  static String of(LineClaim claim) {
    Difference line = claim.overLine();
    String size = size(line, DB_DIGITS);
    return say(
        "From 1,024 numbers, a twelfth of the picture, the autoencoder rebuilds test pictures at %.2f"
            + " dB on average (%.2f dB pooled, SSIM %.3f). Its linear twin, the best 16 coefficients"
            + " for each patch of 8x8 pixels, reaches %.2f dB, and one colour a picture %.2f dB. The"
            + " network is %s (standard error %.2g dB over %d pictures).",
        line.after(),
        claim.pooled(),
        claim.ssim(),
        line.before(),
        claim.oneColor(),
        word(
            line.change(DB_DIGITS),
            size + " dB above its linear twin",
            size + " dB below its linear twin",
            "not clearly above or below its linear twin"),
        line.standardError(),
        claim.pictures());
  }

  static String of(LatentsClaim claim) {
    Difference smoothness = claim.smoothness();
    String brightness =
        Double.isNaN(claim.brightness())
            ? ""
            : say(
                " The strongest one and the brightness of the picture at the same place have a"
                    + " correlation of %.2f.",
                claim.brightness());
    return say(
        "The nine reconstructions lie between %.1f and %.1f dB. Of all test pictures, the half with"
            + " less contrast within 8x8 pixels has %.1f dB on average, the other half %.1f dB: %s."
            + " Each of the %d channels of the latent is a map of 8x8. Of the power of the nine"
            + " latents the strongest channel holds %.1f %% and the weakest %.1f %%, where equal ones"
            + " would hold %.2f %% each.%s The values have mean %.2f and standard deviation %.2f.",
        claim.worst(),
        claim.best(),
        smoothness.after(),
        smoothness.before(),
        word(
            smoothness.change(1),
            "smooth pictures come back better",
            "smooth pictures come back worse",
            "no clear difference"),
        claim.channels(),
        100 * claim.strongest(),
        100 * claim.weakest(),
        100.0 / claim.channels(),
        brightness,
        claim.mean(),
        claim.std());
  }

  static String of(GaussianClaim claim) {
    return say(
        "The %d codes have %,d entries each, and their covariance has rank %d, so a plain Cholesky"
            + " decomposition of it, which needs full rank, fails. Three fits need no such thing."
            + " Samples come near %.0f %% of the real test pictures (recall) if every entry is drawn"
            + " for itself, near %.0f %% with the covariance (%s), and near %.0f %% with the covariance"
            + " shrunk (%s). By their local contrast, %.0f %% of the samples with the covariance lie"
            + " among what the decoder makes of real test pictures (reconstructions of other pictures:"
            + " %.0f %%), and they come near %.0f %% of it (reconstructions of other pictures: %.0f"
            + " %%). %s",
        claim.codes(),
        claim.entries(),
        claim.rank(),
        100 * claim.covariance().before(),
        100 * claim.covariance().after(),
        comparedWithSingleEntries(claim.covariance()),
        100 * claim.shrinkage().after(),
        comparedWithSingleEntries(claim.shrinkage()),
        100 * claim.precision().after(),
        100 * claim.precision().before(),
        100 * claim.coverage().after(),
        100 * claim.coverage().before(),
        claim.fallsShort()
            ? "So samples can be told from pictures by how contrast is spread over them."
            : "By these figures samples cannot be told from pictures.");
  }

  private static String comparedWithSingleEntries(Difference recall) {
    return word(recall.change(2), "more", "fewer", "no clear difference");
  }

  static String of(NoiseClaim claim) {
    int last = claim.levels().size() - 1;
    List<String> costs = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      Difference cost = claim.costs().get(i);
      String size = size(cost, DB_DIGITS);
      costs.add(
          say(
              "%.2f dB at %.0f %% (%s)",
              cost.after(),
              100 * claim.levels().get(i),
              word(
                  cost.change(DB_DIGITS),
                  size + " dB more",
                  size + " dB less",
                  "no clear difference")));
    }
    return say(
        "Without noise the nine pictures have a mean PSNR of %.2f dB; with noise on their latents,"
            + " in shares of the latents' standard deviation, %s. One colour a picture has %.2f dB:"
            + " the largest noise leaves %s. Within blocks of 8x8 pixels grey values have a standard"
            + " deviation of %.3f without noise and of %.3f with the largest: %s.",
        claim.costs().get(0).before(),
        list(costs),
        claim.overOneColor().before(),
        word(
            claim.overOneColor().change(DB_DIGITS),
            "more than that",
            "less than that",
            "about as much, within the error"),
        claim.contrast().before(),
        claim.contrast().after(),
        word(
            claim.contrast().change(3),
            "noise on the latents adds contrast to the pictures",
            "noise on the latents takes contrast from the pictures",
            "no clear difference"));
  }

  static String of(RobustnessClaim claim) {
    String at = say("variance %.2f", claim.judged());
    return say(
        "%s The model trained without noise has %.2f dB where there is none and %.2f dB at %s; the"
            + " one trained with that noise has %.2f dB and %.2f dB. So training with noise %s at"
            + " that variance, and %s where there is none. Does that make sampling generative? By"
            + " their local contrast, %.0f %% of the samples of the noise-trained model lie among its"
            + " reconstructions of real pictures (without noise %.0f %%; reconstructions of other"
            + " pictures %.0f %%), and they come near %.0f %% of them (without noise %.0f %%;"
            + " reconstructions of other pictures %.0f %%): precision is %s, coverage is %s. %s",
        overLine(claim),
        claim.price().before(),
        claim.gain().before(),
        at,
        claim.price().after(),
        claim.gain().after(),
        effect(claim.gain()),
        effect(claim.price()),
        100 * claim.precision().after(),
        100 * claim.precision().before(),
        100 * claim.controlPrecision(),
        100 * claim.coverage().after(),
        100 * claim.coverage().before(),
        100 * claim.controlCoverage(),
        changedByNoise(claim.precision()),
        changedByNoise(claim.coverage()),
        switch (claim.sampling()) {
          case FALLS_SHORT ->
              "By these figures samples can be told from reconstructions of real pictures: sampling"
                  + " does not become generative.";
          case BECAME_GENERATIVE ->
              say(
                  "By these figures samples can no longer be told from reconstructions, as far as %d"
                      + " test pictures can tell: it does.",
                  claim.pictures());
          case UNCLEAR ->
              say(
                  "Samples can no longer be told from reconstructions, but what noise in training"
                      + " changed is within the error of %d test pictures: it cannot be said.",
                  claim.pictures());
          case WAS_NOT_TOLD ->
              "By these figures samples cannot be told from reconstructions, but those of the model"
                  + " without noise cannot either.";
        });
  }

  /** Each model beside the best linear code for its noise, and which of them are above it. */
  private static String overLine(RobustnessClaim claim) {
    List<String> models = new ArrayList<>();
    List<String> above = new ArrayList<>();
    List<String> below = new ArrayList<>();
    List<String> unclear = new ArrayList<>();
    for (int i = 0; i < claim.variances().size(); i++) {
      Difference line = claim.overLine().get(i);
      String variance = say("%.2f", claim.variances().get(i));
      Change change = line.change(DB_DIGITS);
      String size = size(line, DB_DIGITS) + " dB at " + variance;
      switch (change) {
        case HIGHER -> above.add(size);
        case LOWER -> below.add(size);
        case UNCLEAR -> unclear.add(variance);
      }
      models.add(say("%.2f dB at variance %s (%.2f)", line.after(), variance, line.before()));
    }
    List<String> verdicts = new ArrayList<>();
    if (!above.isEmpty()) {
      verdicts.add("above that code by " + list(above));
    }
    if (!below.isEmpty()) {
      verdicts.add("below that code by " + list(below));
    }
    if (!unclear.isEmpty()) {
      verdicts.add("not clearly above or below it at " + list(unclear));
    }
    return say(
        "The models reach, for the noise they were trained for and beside the best linear code for"
            + " the same noise, %s: they are %s.",
        list(models), String.join("; ", verdicts));
  }

  private static String effect(Difference decibels) {
    String size = size(decibels, DB_DIGITS);
    return word(
        decibels.change(DB_DIGITS),
        "gains " + size + " dB",
        "loses " + size + " dB",
        "makes no clear difference");
  }

  private static String changedByNoise(Difference share) {
    return word(
        share.change(),
        "higher with noise",
        "lower with noise",
        "not clearly changed by the noise");
  }
}
