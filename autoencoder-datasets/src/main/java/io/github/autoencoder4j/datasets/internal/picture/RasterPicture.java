package io.github.autoencoder4j.datasets.internal.picture;

import io.github.autoencoder4j.data.ImageShape;
import java.awt.color.ColorSpace;

/** A picture that somebody else has decoded: bytes in memory, pixel by pixel, upright. */
public final class RasterPicture implements StoredPicture {

  private final byte[] pixels;
  private final int width;
  private final int height;
  private final int[] bands;

  /**
   * Takes a picture.
   *
   * @param pixels not copied
   * @param bands which byte of a pixel each component is: red, green, blue, and opacity if there is
   *     any; the same one three times for grey
   * @param bytes of a pixel
   */
  private RasterPicture(byte[] pixels, int width, int height, int[] bands, int bytes) {
    if (pixels.length != (long) width * height * bytes) {
      throw new IllegalArgumentException(
          "a picture %s wide and %s high with %s bytes a pixel has %s bytes, but there are %s"
              .formatted(width, height, bytes, (long) width * height * bytes, pixels.length));
    }
    this.pixels = pixels;
    this.width = width;
    this.height = height;
    this.bands = bands;
  }

  /**
   * Brings a picture to a shape as files are: the largest centred part of the right proportions,
   * scaled by area.
   *
   * @param pixels row by row: grey, or blue, green and red, or these and opacity
   * @param height rows; at least 1
   * @param width columns; at least 1
   * @param channels bytes of a pixel: 1, 3 or 4
   * @param shape with one channel for grey, or three
   * @return {@code shape.size()} bytes, plane by plane, red first
   */
  public static byte[] scaled(
      byte[] pixels, int height, int width, int channels, ImageShape shape) {
    int[] bands =
        switch (channels) {
          case 1 -> new int[] {0, 0, 0};
          case 3 -> new int[] {2, 1, 0};
          case 4 -> new int[] {2, 1, 0, 3};
          default ->
              throw new IllegalArgumentException(
                  "a pixel has 1, 3 or 4 bytes, but was said to have " + channels);
        };
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a picture has at least 1 pixel, but was said to be %s wide and %s high"
              .formatted(width, height));
    }
    RasterPicture picture = new RasterPicture(pixels, width, height, bands, channels);
    return picture.decode(Framing.of(picture, shape)).pixels();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public Orientation orientation() {
    return Orientation.NORMAL;
  }

  @Override
  public PictureScaler decode(Framing framing) {
    boolean alpha = bands.length == 4;
    PictureScaler scaler =
        new PictureScaler(framing, ColorSpace.getInstance(ColorSpace.CS_sRGB), alpha);
    int bytes = pixels.length / width / height;
    float[] row = new float[width * bands.length];
    for (int y = 0; y < height; y++) {
      if (scaler.wants(y)) {
        for (int x = 0; x < width; x++) {
          for (int b = 0; b < bands.length; b++) {
            int value = pixels[(y * width + x) * bytes + bands[b]] & 0xFF;
            row[x * bands.length + b] = value / 255f;
          }
        }
        scaler.add(y, 0, 1, row);
      }
    }
    return scaler;
  }
}
