package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.metric.Psnr;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Figures picture by picture, so that two models can be compared on the same pictures. */
final class PictureFigures {

  private PictureFigures() {}

  /** The PSNR of each reconstruction, in dB. */
  static double[] psnr(float[][] originals, float[][] reconstructions) {
    return IntStream.range(0, originals.length)
        .mapToDouble(i -> Psnr.of(originals[i], reconstructions[i]))
        .toArray();
  }

  /**
   * The PSNR of each picture through a noisy channel, as a mean over draws of the noise, in dB.
   *
   * @param transmit sends all pictures, with the noise of a seed
   */
  static double[] psnr(
      float[][] originals, int draws, long seed, LongFunction<float[][]> transmit) {
    double[] sums = new double[originals.length];
    for (int draw = 0; draw < draws; draw++) {
      double[] psnr = psnr(originals, transmit.apply(seed + draw));
      Arrays.setAll(sums, i -> sums[i] + psnr[i]);
    }
    return Arrays.stream(sums).map(sum -> sum / draws).toArray();
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
