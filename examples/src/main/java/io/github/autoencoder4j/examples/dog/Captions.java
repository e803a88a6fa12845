package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.metric.Psnr;
import java.util.Locale;
import java.util.stream.IntStream;

/** What stands under pictures. */
final class Captions {

  private Captions() {}

  /** The PSNR of the first few reconstructions. */
  static String[] psnr(float[][] originals, float[][] reconstructions, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> String.format(Locale.ROOT, "%.1f dB", Psnr.of(originals[i], reconstructions[i])))
        .toArray(String[]::new);
  }

  /** The mean PSNR of reconstructions. */
  static double meanPsnr(float[][] originals, float[][] reconstructions) {
    return IntStream.range(0, originals.length)
        .mapToDouble(i -> Psnr.of(originals[i], reconstructions[i]))
        .average()
        .orElse(Double.NaN);
  }
}
