package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageSource;

/**
 * A simple way to reconstruct images, whose error is a line that a trained autoencoder should beat.
 *
 * <pre>{@code
 * Baseline line = Pca.fit(train, 2);
 * double mse = line.evaluate(test).mse();
 * }</pre>
 *
 * <p>Implementations in this package are immutable and thread-safe.
 */
public interface Baseline {

  /**
   * Reconstructs images.
   *
   * @param images {@code [n][d]}, each of the size the baseline was made for
   * @return {@code [n][d]}; values may lie slightly outside [0, 1]
   * @throws IllegalArgumentException if an image has another length
   */
  float[][] reconstruct(float[][] images);

  /**
   * Reconstructs a data set and measures the error.
   *
   * @param images images of the size the baseline was made for; at least one
   * @return the errors over all images
   * @throws IllegalArgumentException if there is no image or the images have another size
   */
  default BaselineFigures evaluate(ImageSource images) {
    return BaselineFigures.measure(images, 1, this::reconstruct);
  }
}
