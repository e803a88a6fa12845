package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.study.Difference;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * What dog.2 shows.
 *
 * @param worst the lowest PSNR of the nine, in dB
 * @param best the highest, in dB
 * @param smoothness mean PSNR over all test pictures, from the busier half's to the smoother half's
 * @param strongest the share of power of the strongest channel, in [0, 1]
 * @param weakest that of the weakest channel
 * @param channels how many channels there are
 * @param brightness the correlation of the strongest channel with the brightness of the picture
 *     there, in [-1, 1]; not a number if one of them is the same everywhere
 * @param mean of all values of the nine latents
 * @param std their standard deviation
 */
record LatentsClaim(
    double worst,
    double best,
    Difference smoothness,
    double strongest,
    double weakest,
    int channels,
    double brightness,
    double mean,
    double std) {

  /**
   * Compares the pictures with more contrast than half of them and the others.
   *
   * @param contrasts of each picture
   * @param psnr of each picture
   */
  static Difference smoothness(double[] contrasts, double[] psnr) {
    double[] busiestFirst =
        IntStream.range(0, psnr.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -contrasts[i]))
            .mapToDouble(i -> psnr[i])
            .toArray();
    int half = psnr.length / 2;
    return Difference.independent(
        Arrays.copyOf(busiestFirst, half),
        Arrays.copyOfRange(busiestFirst, psnr.length - half, psnr.length));
  }

  /** The correlation of a channel with brightness, over as many values of each. */
  static double brightness(double[] channel, double[] brightness) {
    return new PearsonsCorrelation().correlation(channel, brightness);
  }
}
