package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.picture.RasterPicture;

/**
 * Pictures that another library has decoded, brought to one shape as {@link Dogs#from} and {@link
 * ImageFiles} bring files: the largest centred part of the right proportions, scaled by area, laid
 * over white.
 *
 * <pre>{@code
 * byte[] planes = Rasters.scale(bgr, 480, 640, 3, new ImageShape(64, 64, 3));
 * }</pre>
 */
public final class Rasters {

  private Rasters() {}

  /**
   * Scales a picture.
   *
   * @param pixels row by row, pixel by pixel: grey; blue, green and red; or these and opacity, as
   *     OpenCV and Spark's image source hold them
   * @param height rows; at least 1
   * @param width columns; at least 1
   * @param channels bytes of a pixel: 1, 3 or 4
   * @param shape what is wanted; one channel for grey, or three
   * @return {@code shape.size()} bytes, plane by plane, red first
   * @throws IllegalArgumentException if the numbers do not fit together, or the shape has neither
   *     one channel nor three
   */
  public static byte[] scale(byte[] pixels, int height, int width, int channels, ImageShape shape) {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "pictures have 1 channel or 3, but the shape wanted is " + shape);
    }
    return RasterPicture.scaled(pixels, height, width, channels, shape);
  }
}
