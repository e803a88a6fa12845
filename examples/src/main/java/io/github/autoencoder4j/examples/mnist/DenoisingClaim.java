package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.study.Difference;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * What mnist.3 shows. All differences are from the noisy to the denoised test pictures.
 *
 * @param psnr mean PSNR in dB
 * @param crossEntropy of the denoised pictures, in nats per pixel
 * @param black mean squared error of pixels that are 0 in the clean picture; empty if none are
 * @param bright mean squared error of pixels of 0.5 and more; empty if there are none
 */
record DenoisingClaim(
    Difference psnr, double crossEntropy, Optional<Difference> black, Optional<Difference> bright) {

  /** The change of the squared error over some pixels of each clean picture that has such. */
  static Optional<Difference> errors(
      float[][] clean, float[][] noisy, float[][] denoised, DoublePredicate pixels) {
    int[] pictures =
        IntStream.range(0, clean.length).filter(i -> chosen(clean[i], pixels).length > 0).toArray();
    if (pictures.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Difference.paired(
            errors(clean, noisy, pictures, pixels), errors(clean, denoised, pictures, pixels)));
  }

  private static double[] errors(
      float[][] clean, float[][] other, int[] pictures, DoublePredicate pixels) {
    return Arrays.stream(pictures)
        .mapToDouble(
            i ->
                Arrays.stream(chosen(clean[i], pixels))
                    .mapToDouble(j -> clean[i][j] - other[i][j])
                    .map(difference -> difference * difference)
                    .average()
                    .orElseThrow())
        .toArray();
  }

  private static int[] chosen(float[] picture, DoublePredicate pixels) {
    return IntStream.range(0, picture.length).filter(i -> pixels.test(picture[i])).toArray();
  }
}
