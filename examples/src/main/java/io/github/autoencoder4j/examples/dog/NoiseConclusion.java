package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.metric.GenerativeFigures;
import java.util.List;
import java.util.Locale;

/** What the figures of dog.5 say, in sentences that follow from them. */
final class NoiseConclusion {

  /** Smaller differences are 0.00 dB in print. */
  private static final double SHOWN = 0.005;

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
            + " trained without noise has %.2f dB where there is none and %.2f dB at variance 0.10; the"
            + " one trained with that noise has %.2f dB and %.2f dB. %s Does that make sampling"
            + " generative? By their local contrast, %.0f %% of the samples of the noise-trained model"
            + " lie among its reconstructions of real pictures (without noise %.0f %%; reconstructions"
            + " of other pictures %.0f %%), and they come near %.0f %% of them (without noise %.0f %%;"
            + " reconstructions of other pictures %.0f %%): precision is %s, coverage is %s. %s",
        matrix[1][1],
        matrix[2][2],
        matrix[3][3],
        matrix[0][0],
        matrix[0][2],
        matrix[2][0],
        matrix[2][2],
        trade(matrix[2][2] - matrix[0][2], matrix[0][0] - matrix[2][0]),
        100 * noisy.precision(),
        100 * plain.precision(),
        100 * real.precision(),
        100 * noisy.coverage(),
        100 * plain.coverage(),
        100 * real.coverage(),
        word(noisy.precision() - plain.precision()),
        word(noisy.coverage() - plain.coverage()),
        verdict(generative.get(0).fallsShort(), generative.get(2).fallsShort()));
  }

  /**
   * What noise in training brings.
   *
   * @param gain dB more at its variance
   * @param price dB less without noise
   */
  private static String trade(double gain, double price) {
    if (gain < SHOWN) {
      return "So training with noise did not help, not even where there is as much.";
    }
    return String.format(
        Locale.ROOT,
        "So it gains %.2f dB where there is noise, for its decoder reads neighbouring codes as more"
            + " nearly the same picture, and %s where there is none.",
        gain,
        price < SHOWN ? "loses nothing" : String.format(Locale.ROOT, "loses %.2f dB", price));
  }

  private static String verdict(boolean plainFallsShort, boolean noisyFallsShort) {
    if (noisyFallsShort) {
      return "Samples fall short of reconstructions of real pictures: codes are still drawn from a"
          + " Gaussian, which knows which entries go together and no more. Sampling does not become"
          + " generative.";
    }
    return plainFallsShort
        ? "By these figures samples are no longer told from reconstructions: it does."
        : "By these figures samples are not told from reconstructions, but those of the model without"
            + " noise are not either.";
  }

  private static String word(double change) {
    return Math.abs(change) < Generation.CLEAR
        ? "not clearly changed by the noise"
        : change > 0 ? "higher with noise" : "lower with noise";
  }
}
