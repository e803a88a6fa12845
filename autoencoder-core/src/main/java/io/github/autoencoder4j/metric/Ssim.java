package io.github.autoencoder4j.metric;

import com.google.common.primitives.ImmutableDoubleArray;
import io.github.autoencoder4j.data.ImageShape;

/**
 * Structural similarity of reconstructions, 1 for identical images (Wang, Bovik, Sheikh and
 * Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity", IEEE
 * Transactions on Image Processing 2004).
 *
 * <p>As in the paper: Gaussian window of 11x11 with a standard deviation of 1.5, {@code K1} 0.01,
 * {@code K2} 0.03, {@code L} 1 for images in [0, 1], mean over the windows that lie wholly inside
 * the image. Each channel is measured by itself, then the channels are averaged. Reconstructions
 * are clamped to [0, 1].
 *
 * <p>An instance gathers images as they come, in batches of any size; it is not thread-safe.
 *
 * <pre>{@code
 * Ssim ssim = new Ssim(new ImageShape(64, 64, 3));
 * ssim.add(originals, reconstructions); // float[n][12288]
 * double mean = ssim.summary().mean();
 * }</pre>
 */
public final class Ssim {

  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  /** Weights of the five scales (Wang, Simoncelli and Bovik 2003). */
  private static final double[] SCALES = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

  private final ImageShape shape;
  private final ImmutableDoubleArray.Builder similarities = ImmutableDoubleArray.builder();

  /**
   * Starts with no images.
   *
   * @param shape the shape of the images; sides of at least 11
   * @throws IllegalArgumentException if a side is below 11
   */
  public Ssim(ImageShape shape) {
    if (shape.height() < Plane.WINDOW || shape.width() < Plane.WINDOW) {
      throw new IllegalArgumentException(
          "SSIM needs sides of at least %s, the window, but the images are %s"
              .formatted(Plane.WINDOW, shape));
    }
    this.shape = shape;
  }

  /**
   * The SSIM of one image.
   *
   * @param shape the shape of the image; sides of at least 11
   * @param original {@code shape.size()} values in [0, 1]
   * @param reconstruction as many values; clamped to [0, 1]
   * @return mean SSIM, in [-1, 1]
   * @throws IllegalArgumentException if a side is below 11, a length is wrong or a value is not
   *     finite or of another range, such as 0 to 255
   */
  public static double of(ImageShape shape, float[] original, float[] reconstruction) {
    Ssim ssim = new Ssim(shape);
    ssim.add(original, reconstruction);
    return ssim.summary().mean();
  }

  /**
   * The multi-scale SSIM of one image over five scales, each half the size of the one before (Wang,
   * Simoncelli and Bovik, "Multiscale Structural Similarity for Image Quality Assessment", Asilomar
   * 2003).
   *
   * @param shape the shape of the image; sides above 160, because the fifth scale has a sixteenth
   *     of them and the window is 11 wide
   * @param original {@code shape.size()} values in [0, 1]
   * @param reconstruction as many values; clamped to [0, 1]
   * @return mean MS-SSIM of the channels, in [0, 1]
   * @throws IllegalArgumentException if a side is 160 or less, a length is wrong or a value is not
   *     finite or of another range, such as 0 to 255
   */
  public static double multiScale(ImageShape shape, float[] original, float[] reconstruction) {
    if (Math.min(shape.height(), shape.width()) <= 160) {
      throw new IllegalArgumentException(
          ("five-scale MS-SSIM needs sides above 160, but the images are %s:"
                  + " its fifth scale would be smaller than the 11x11 window; use SSIM")
              .formatted(shape));
    }
    requireOneImage(shape, original, reconstruction);
    double sum = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      Plane x = Plane.of(shape, original, channel * shape.height() * shape.width());
      Plane y = Plane.of(shape, reconstruction, channel * shape.height() * shape.width());
      double product = 1;
      for (int scale = 0; scale < SCALES.length; scale++) {
        Similarity similarity = compare(x, y);
        double factor =
            scale == SCALES.length - 1 ? similarity.ssim : similarity.contrastAndStructure;
        product *= Math.pow(Math.max(0, factor), SCALES[scale]);
        x = x.halved();
        y = y.halved();
      }
      sum += product;
    }
    return sum / shape.channels();
  }

  /**
   * Adds one image or a batch of images, one after the other in the arrays.
   *
   * @param originals {@code n * shape.size()} values in [0, 1]
   * @param reconstructions as many values; clamped to [0, 1]
   * @throws IllegalArgumentException if the lengths differ or are no multiple of the image size, or
   *     a value is not finite or of another range, such as 0 to 255
   */
  public void add(float[] originals, float[] reconstructions) {
    int planeSize = shape.height() * shape.width();
    int count = ImagePairs.count(originals, reconstructions, shape.size());
    ImagePairs.requireUnitRange(originals, reconstructions);
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int channel = 0; channel < shape.channels(); channel++) {
        int offset = i * shape.size() + channel * planeSize;
        sum +=
            compare(Plane.of(shape, originals, offset), Plane.of(shape, reconstructions, offset))
                .ssim;
      }
      similarities.add(ImagePairs.requireFinite(sum / shape.channels()));
    }
  }

  /**
   * Adds images.
   *
   * @param originals {@code [n][shape.size()]} values in [0, 1]
   * @param reconstructions {@code [n][shape.size()]}; clamped to [0, 1]
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
   * @return mean and spread of the images' SSIM
   * @throws IllegalStateException if no image was added
   */
  public Distribution summary() {
    double[] values = similarities.build().toArray();
    ImagePairs.requireAny(values.length);
    return Distribution.of(values);
  }

  private static void requireOneImage(ImageShape shape, float[] original, float[] reconstruction) {
    if (ImagePairs.count(original, reconstruction, shape.size()) != 1) {
      throw new IllegalArgumentException("one image at a time is compared over scales");
    }
    ImagePairs.requireUnitRange(original, reconstruction);
  }

  private record Similarity(double ssim, double contrastAndStructure) {}

  private static Similarity compare(Plane x, Plane y) {
    Plane meanX = x.filtered();
    Plane meanY = y.filtered();
    Plane meanXx = x.times(x).filtered();
    Plane meanYy = y.times(y).filtered();
    Plane meanXy = x.times(y).filtered();
    double ssim = 0;
    double contrastAndStructure = 0;
    int windows = meanX.values.length;
    for (int i = 0; i < windows; i++) {
      double mx = meanX.values[i];
      double my = meanY.values[i];
      double varianceX = meanXx.values[i] - mx * mx;
      double varianceY = meanYy.values[i] - my * my;
      double covariance = meanXy.values[i] - mx * my;
      double cs = (2 * covariance + C2) / (varianceX + varianceY + C2);
      contrastAndStructure += cs;
      ssim += cs * (2 * mx * my + C1) / (mx * mx + my * my + C1);
    }
    return new Similarity(ssim / windows, contrastAndStructure / windows);
  }
}
