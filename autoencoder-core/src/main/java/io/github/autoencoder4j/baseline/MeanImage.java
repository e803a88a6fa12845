package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import java.util.Arrays;

/**
 * Answers every image with the mean of the training images. A model whose loss stays at this line
 * has learnt nothing about its input.
 *
 * <pre>{@code
 * double line = MeanImage.fit(train).evaluate(test).mse(); // MNIST: 0.0675
 * }</pre>
 */
public final class MeanImage implements Baseline {

  private final ImageShape shape;
  private final float[] mean;

  private MeanImage(ImageShape shape, float[] mean) {
    this.shape = shape;
    this.mean = mean;
  }

  /**
   * Takes the mean of images.
   *
   * @param images the training images; at least one
   * @return the baseline
   * @throws IllegalArgumentException if there is no image
   */
  public static MeanImage fit(ImageSource images) {
    return new MeanImage(
        CheckedSource.of(images).shape(), Moments.toFloats(Moments.mean(RowSource.of(images))));
  }

  /**
   * The shape of the images.
   *
   * @return the shape of the training images
   */
  public ImageShape shape() {
    return shape;
  }

  /**
   * The mean image.
   *
   * @return a new array of {@code shape().size()} values in [0, 1]
   */
  public float[] image() {
    return mean.clone();
  }

  @Override
  public float[][] reconstruct(float[][] images) {
    Moments.requireLength(images, mean.length);
    float[][] reconstructions = new float[images.length][];
    Arrays.setAll(reconstructions, i -> mean.clone());
    return reconstructions;
  }
}
