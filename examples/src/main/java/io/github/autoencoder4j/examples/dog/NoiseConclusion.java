package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.metric.GenerativeFigures;
import java.util.List;
import java.util.Locale;

/** What the figures of dog.5 say, in sentences that follow from them. */
final class NoiseConclusion {

  private NoiseConclusion() {}

  /**
   * Concludes.
   *
   * @param matrix PSNR by variance in training and test; the first row and column have none
   * @param generative each model's samples, in the same order
   */
  static String of(double[][] matrix, List<Generation> generative) {
    GenerativeFigures plain = generative.get(0).contrast();
    GenerativeFigures noisy = generative.get(2).contrast();
    GenerativeFigures real = generative.get(2).control();
    return String.format(
        Locale.ROOT,
        "At the variances they were trained for, the models reach %.2f, %.2f and %.2f dB. The model"
            + " trained without noise falls from %.2f dB to %.2f dB at variance 0.10; the one trained"
            + " with that noise pays %.2f dB without noise and keeps %.2f dB, so its decoder reads"
            + " neighbouring codes as more nearly the same picture. Does that make sampling"
            + " generative? By their local contrast, %.0f %% of the samples of the noise-trained model"
            + " lie among its reconstructions of real pictures (without noise %.0f %%; reconstructions"
            + " of other pictures %.0f %%), and they come near %.0f %% of them (without noise %.0f %%;"
            + " reconstructions of other pictures %.0f %%): precision is %s, coverage is %s. %s",
        matrix[1][1],
        matrix[2][2],
        matrix[3][3],
        matrix[0][0],
        matrix[0][2],
        matrix[0][0] - matrix[2][0],
        matrix[2][2],
        100 * noisy.precision(),
        100 * plain.precision(),
        100 * real.precision(),
        100 * noisy.coverage(),
        100 * plain.coverage(),
        100 * real.coverage(),
        word(noisy.precision() - plain.precision()),
        word(noisy.coverage() - plain.coverage()),
        !generative.get(2).fallsShort()
            ? "By these figures samples are not told from reconstructions: it does."
            : "Samples still fall short of reconstructions of real pictures: noise smooths the"
                + " decoder, but the Gaussian that codes are drawn from stays what it was, and"
                + " sampling does not become generative.");
  }

  private static String word(double change) {
    return Math.abs(change) < Generation.CLEAR
        ? "not clearly changed by the noise"
        : change > 0 ? "higher with noise" : "lower with noise";
  }
}
