package io.github.autoencoder4j.metric;

/**
 * The {@linkplain BinaryCrossEntropy binary cross-entropy} of a set of images, in nats.
 *
 * @param perPixel mean over all pixels of all images
 * @param floorPerPixel the least any reconstruction can reach: the mean entropy of the targets, 0
 *     only if every target is black or white
 * @param imageSize pixels an image
 */
public record CrossEntropySummary(double perPixel, double floorPerPixel, int imageSize) {

  /**
   * The sum over the pixels of an image, mean over the images: the unit of most papers.
   *
   * @return {@code perPixel * imageSize}, in nats
   */
  public double perImage() {
    return perPixel * imageSize;
  }

  /**
   * What the model could still gain.
   *
   * @return {@code perPixel - floorPerPixel}, in nats a pixel; at least 0 but for rounding
   */
  public double excessPerPixel() {
    return perPixel - floorPerPixel;
  }
}
