package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.metric.GenerativeFigures;
import java.util.List;
import java.util.Locale;

/** What the figures of dog.5 say, in sentences that follow from them. */
final class NoiseConclusion {

  /** Differences of shares below this are within what another seed would change. */
  private static final double CLEAR = 0.05;

  private NoiseConclusion() {}

  /**
   * Concludes.
   *
   * @param matrix PSNR by variance in training and test; the first row and column have none
   * @param generative the figures of each model's samples, in the same order
   */
  static String of(double[][] matrix, List<GenerativeFigures> generative) {
    GenerativeFigures plain = generative.get(0);
    GenerativeFigures noisy = generative.get(2);
    String coverage = word(noisy.coverage() - plain.coverage());
    String precision = word(noisy.precision() - plain.precision());
    boolean generates = noisy.coverage() > 0.5 && noisy.precision() > 0.5;
    return String.format(
        Locale.ROOT,
        "At the variances they were trained for, the models reach %.2f, %.2f and %.2f dB. The model"
            + " trained without noise falls from %.2f dB to %.2f dB at variance 0.10, the one trained"
            + " with it pays %.2f dB without noise and keeps %.2f dB: training with noise makes the"
            + " decoder read neighbouring codes as the same picture. Samples from a Gaussian over 256"
            + " codes: with noise of variance 0.10 in training, the share of samples that lie among"
            + " real pictures is %s (%.2f, without noise %.2f) and the share of real test pictures"
            + " that samples come near is %s (%.2f, without %.2f); a sample encoded again lands at a"
            + " relative distance of %.2f from its code (without %.2f). %s",
        matrix[1][1],
        matrix[2][2],
        matrix[3][3],
        matrix[0][0],
        matrix[0][2],
        matrix[0][0] - matrix[2][0],
        matrix[2][2],
        precision,
        noisy.precision(),
        plain.precision(),
        coverage,
        noisy.coverage(),
        plain.coverage(),
        noisy.relativeRoundTrip(),
        plain.relativeRoundTrip(),
        generates
            ? "By these figures sampling has become generative."
            : "So the latent space has become smoother, but sampling has not become generative: most"
                + " real pictures have no sample near them, or most samples none of them.");
  }

  private static String word(double change) {
    return Math.abs(change) < CLEAR ? "about the same" : change > 0 ? "higher" : "lower";
  }
}
