package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageShape;
import java.util.Arrays;

/**
 * Answers every image with its own mean colour: one number a channel, no detail at all.
 *
 * <pre>{@code
 * double line = new MeanColor(test.shape()).evaluate(test).psnr().mean(); // dogs: 13.1 dB
 * }</pre>
 */
public final class MeanColor implements Baseline {

  private final ImageShape shape;

  /**
   * The baseline for images of a shape; there is nothing to fit.
   *
   * @param shape the shape of the images
   */
  public MeanColor(ImageShape shape) {
    this.shape = shape;
  }

  @Override
  public float[][] reconstruct(float[][] images) {
    Moments.requireLength(images, shape.size());
    int planeSize = shape.height() * shape.width();
    float[][] reconstructions = new float[images.length][shape.size()];
    for (int n = 0; n < images.length; n++) {
      for (int from = 0; from < shape.size(); from += planeSize) {
        double sum = 0;
        for (int i = from; i < from + planeSize; i++) {
          sum += images[n][i];
        }
        Arrays.fill(reconstructions[n], from, from + planeSize, (float) (sum / planeSize));
      }
    }
    return reconstructions;
  }
}
