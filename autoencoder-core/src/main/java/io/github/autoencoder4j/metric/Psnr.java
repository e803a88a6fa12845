package io.github.autoencoder4j.metric;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;

/**
 * Peak signal-to-noise ratio of reconstructions, in dB: {@code -10 log10(MSE)} of images in [0, 1].
 *
 * <p>The reconstruction is clamped to [0, 1]; the mean squared error is taken over all values of
 * one image, all channels together; the PSNR of a set is the mean of its images' PSNR. Identical
 * images would be infinite: each image is capped at {@value #CAP_DB} dB, and the summary counts how
 * many were.
 *
 * <p>An instance gathers images as they come, in batches of any size; it is not thread-safe.
 *
 * <pre>{@code
 * Psnr psnr = new Psnr(64 * 64 * 3);
 * psnr.add(originals, autoencoder.reconstruct(originals)); // float[n][12288]
 * PsnrSummary summary = psnr.summary();
 * }</pre>
 */
public final class Psnr {

  /** The most an image can reach, in dB; identical images do. */
  public static final double CAP_DB = 100;

  private final int imageSize;
  private final ImmutableDoubleArray.Builder errors = ImmutableDoubleArray.builder();

  /**
   * Starts with no images.
   *
   * @param imageSize values an image: height x width x channels; at least 1
   * @throws IllegalArgumentException if {@code imageSize} is below 1
   */
  public Psnr(int imageSize) {
    this.imageSize = ImagePairs.requirePositiveSize(imageSize);
  }

  /**
   * The PSNR of one image.
   *
   * @param original values in [0, 1]
   * @param reconstruction as many values; clamped to [0, 1]
   * @return PSNR in dB, at most {@value #CAP_DB}
   * @throws IllegalArgumentException if the lengths differ or are zero, or a value is not finite or
   *     of another range, such as 0 to 255
   */
  public static double of(float[] original, float[] reconstruction) {
    ImagePairs.requireSameLength(original, reconstruction);
    ImagePairs.requireUnitRange(original, reconstruction);
    return ofMse(clampedMse(original, reconstruction, 0, original.length));
  }

  /**
   * Converts a mean squared error of values in [0, 1].
   *
   * @param mse mean squared error; at least 0
   * @return {@code -10 log10(mse)} in dB, at most {@value #CAP_DB}
   * @throws IllegalArgumentException if {@code mse} is negative or not a number
   */
  public static double ofMse(double mse) {
    if (!(mse >= 0)) {
      throw new IllegalArgumentException("mse must be at least 0, but was " + mse);
    }
    return Math.min(CAP_DB, 10 * Math.log10(1 / mse));
  }

  /**
   * Adds one image or a batch of images, one after the other in the arrays.
   *
   * @param originals {@code n * imageSize} values in [0, 1]
   * @param reconstructions as many values; clamped to [0, 1]
   * @throws IllegalArgumentException if the lengths differ or are no multiple of the image size, or
   *     a value is not finite or of another range, such as 0 to 255
   */
  public void add(float[] originals, float[] reconstructions) {
    int count = ImagePairs.count(originals, reconstructions, imageSize);
    ImagePairs.requireUnitRange(originals, reconstructions);
    for (int i = 0; i < count; i++) {
      errors.add(clampedMse(originals, reconstructions, i * imageSize, imageSize));
    }
  }

  /**
   * Adds images.
   *
   * @param originals {@code [n][imageSize]} values in [0, 1]
   * @param reconstructions {@code [n][imageSize]}; clamped to [0, 1]
   * @throws IllegalArgumentException if the counts or lengths differ, or a value is not finite or
   *     of another range, such as 0 to 255
   */
  public void add(float[][] originals, float[][] reconstructions) {
    ImagePairs.requireSameCount(originals, reconstructions);
    for (int i = 0; i < originals.length; i++) {
      add(originals[i], reconstructions[i]);
    }
  }

  /**
   * The figures of the images added so far.
   *
   * @return mean, spread, pooled PSNR and counts
   * @throws IllegalStateException if no image was added
   */
  public PsnrSummary summary() {
    return summary(errors());
  }

  /**
   * Returns the mean squared error of each image so far, from which {@link #summary(double...)}
   * gives the figures.
   *
   * @return a new array, in the order in which images were added
   */
  public double[] errors() {
    return errors.build().toArray();
  }

  /**
   * Summarises images whose errors are known.
   *
   * @param meanSquaredErrors one for each image; at least one
   * @return the figures
   * @throws IllegalArgumentException if there is none, or one is below 0 or not a number
   */
  public static PsnrSummary summary(double... meanSquaredErrors) {
    ImagePairs.requireAny(meanSquaredErrors.length);
    double[] psnrs = Arrays.stream(meanSquaredErrors).map(Psnr::ofMse).toArray();
    Distribution spread = Distribution.of(psnrs);
    int identical = (int) Arrays.stream(psnrs).filter(psnr -> psnr >= CAP_DB).count();
    return new PsnrSummary(
        spread.mean(),
        spread.std(),
        spread.percentile5(),
        spread.median(),
        spread.percentile95(),
        ofMse(Arrays.stream(meanSquaredErrors).sum() / meanSquaredErrors.length),
        spread.count(),
        identical);
  }

  private static double clampedMse(
      float[] original, float[] reconstruction, int offset, int length) {
    double sum = 0;
    float poison = 0;
    for (int i = offset; i < offset + length; i++) {
      double difference = original[i] - Math.min(1f, Math.max(0f, reconstruction[i]));
      sum += difference * difference;
      // Clamping hides what is infinite; zero times it is no number.
      poison += 0f * reconstruction[i];
    }
    return ImagePairs.requireFinite(sum / length + poison);
  }
}
