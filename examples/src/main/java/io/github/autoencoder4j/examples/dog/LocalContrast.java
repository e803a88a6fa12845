package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.data.ImageShape;
import java.util.Arrays;

/**
 * How contrast is spread over a picture, wherever it is. Photos have flat parts and busy parts;
 * blends and noise are equally busy everywhere. Principal components cannot see this: a Gaussian
 * with the right covariance looks right to them by construction.
 *
 * @param shape the shape of the pictures
 */
record LocalContrast(ImageShape shape) {

  private static final int BLOCK = 8;

  /** Keeps the logarithm of a flat block finite: two grey levels of 255. */
  private static final double FLOOR = 2 / 255.0;

  /**
   * The logarithms of the standard deviations of all blocks of 8x8 grey pixels, in order of size.
   */
  float[][] features(float[][] pictures) {
    return Arrays.stream(pictures).map(this::features).toArray(float[][]::new);
  }

  /** The mean standard deviation of the blocks of each picture, in grey values of [0, 1]. */
  double[] means(float[][] pictures) {
    return Arrays.stream(pictures)
        .mapToDouble(
            picture -> {
              double sum = 0;
              float[] logarithms = features(picture);
              for (float logarithm : logarithms) {
                sum += Math.exp(logarithm) - FLOOR;
              }
              return sum / logarithms.length;
            })
        .toArray();
  }

  private float[] features(float[] picture) {
    int rows = shape.height() / BLOCK;
    int columns = shape.width() / BLOCK;
    float[] contrasts = new float[rows * columns];
    for (int block = 0; block < contrasts.length; block++) {
      contrasts[block] = contrast(picture, block / columns * BLOCK, block % columns * BLOCK);
    }
    Arrays.sort(contrasts);
    return contrasts;
  }

  private float contrast(float[] picture, int top, int left) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < BLOCK * BLOCK; i++) {
      int pixel = (top + i / BLOCK) * shape.width() + left + i % BLOCK;
      double grey = 0;
      for (int c = 0; c < shape.channels(); c++) {
        grey += picture[c * shape.height() * shape.width() + pixel] / shape.channels();
      }
      sum += grey;
      squares += grey * grey;
    }
    int n = BLOCK * BLOCK;
    return (float) Math.log(Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n))) + FLOOR);
  }
}
