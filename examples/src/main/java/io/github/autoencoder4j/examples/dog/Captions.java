package io.github.autoencoder4j.examples.dog;

import java.util.Arrays;
import java.util.Locale;

/** What stands under pictures. */
final class Captions {

  private Captions() {}

  /** The PSNR of the first few reconstructions. */
  static String[] psnr(float[][] originals, float[][] reconstructions, int count) {
    return Arrays.stream(PictureFigures.psnr(Arrays.copyOf(originals, count), reconstructions))
        .mapToObj(psnr -> String.format(Locale.ROOT, "%.1f dB", psnr))
        .toArray(String[]::new);
  }
}
