package io.github.autoencoder4j.examples.dog;

import java.util.Locale;

/** What the figures of dog.3 say, in sentences that follow from them. */
final class GaussianConclusion {

  private GaussianConclusion() {}

  /**
   * Concludes.
   *
   * @param independent samples whose entries were drawn one by one
   * @param correlated samples with the covariance of the codes
   * @param shrunk samples with that covariance shrunk
   */
  static String of(Generation independent, Generation correlated, Generation shrunk) {
    double gain = correlated.components().recall() - independent.components().recall();
    return String.format(
        Locale.ROOT,
        "Three fits need no such thing. Samples come near %.0f %% of the real test pictures (recall) if"
            + " every entry is drawn for itself, near %.0f %% with the covariance, and near %.0f %% with"
            + " the covariance shrunk: %s. By their local contrast, %.0f %% of the samples with the"
            + " covariance lie among what the decoder makes of real test pictures (reconstructions of"
            + " other pictures %.0f %%), and they come near %.0f %% of it (reconstructions of other"
            + " pictures %.0f %%). %s",
        100 * independent.components().recall(),
        100 * correlated.components().recall(),
        100 * shrunk.components().recall(),
        Math.abs(gain) < Generation.CLEAR
            ? "it makes no clear difference there to know which entries go together"
            : gain > 0
                ? "it pays to know which entries go together"
                : "to know which entries go together does not help there",
        100 * correlated.contrast().precision(),
        100 * correlated.control().precision(),
        100 * correlated.contrast().coverage(),
        100 * correlated.control().coverage(),
        correlated.fallsShort()
            ? "So samples are told from pictures by how contrast is spread over them: a Gaussian knows"
                + " which entries go together, not what a dog is."
            : "By these figures samples are not told from pictures.");
  }
}
