package io.github.autoencoder4j.metric;

/**
 * Mean squared error over all values of all images. Nothing is clamped, unlike in {@link Psnr}.
 *
 * <p>An instance gathers images as they come, in batches of any size; it is not thread-safe.
 *
 * <pre>{@code
 * Mse mse = new Mse();
 * mse.add(originals, reconstructions); // float[n][d], or one flat batch
 * double error = mse.mean();
 * }</pre>
 */
public final class Mse {

  private double sum;
  private long values;

  /** Starts with no images. */
  public Mse() {}

  /**
   * The mean squared error between two arrays.
   *
   * @param originals values of one or more images
   * @param reconstructions as many values
   * @return the mean of the squared differences
   * @throws IllegalArgumentException if the lengths differ or are zero, or a value is not finite
   */
  public static double of(float[] originals, float[] reconstructions) {
    Mse mse = new Mse();
    mse.add(originals, reconstructions);
    return mse.mean();
  }

  /**
   * Adds one image or a batch of images, one after the other in the arrays.
   *
   * @param originals values of one or more images
   * @param reconstructions as many values
   * @throws IllegalArgumentException if the lengths differ or are zero, or a value is not finite
   */
  public void add(float[] originals, float[] reconstructions) {
    ImagePairs.requireSameLength(originals, reconstructions);
    double batch = 0;
    for (int i = 0; i < originals.length; i++) {
      double difference = (double) originals[i] - reconstructions[i];
      batch += difference * difference;
    }
    sum += ImagePairs.requireFinite(batch);
    values += originals.length;
  }

  /**
   * Adds images.
   *
   * @param originals {@code [n][d]}
   * @param reconstructions {@code [n][d]}
   * @throws IllegalArgumentException if the counts or lengths differ, or a value is not finite
   */
  public void add(float[][] originals, float[][] reconstructions) {
    ImagePairs.requireSameCount(originals, reconstructions);
    for (int i = 0; i < originals.length; i++) {
      add(originals[i], reconstructions[i]);
    }
  }

  /**
   * The error of the images added so far.
   *
   * @return mean squared error per value
   * @throws IllegalStateException if no image was added
   */
  public double mean() {
    ImagePairs.requireAny(values);
    return sum / values;
  }
}
