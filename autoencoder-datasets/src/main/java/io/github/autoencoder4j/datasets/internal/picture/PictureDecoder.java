package io.github.autoencoder4j.datasets.internal.picture;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.awt.Dimension;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * Turns an encoded picture of any size and colour model into pixels of one shape: the largest
 * centred part of the right proportions, stood upright, scaled by area, as sRGB or grey bytes.
 *
 * <p>Width and height are read and bounded before anything is decoded, and pixels are averaged
 * while they are decoded, so memory stays within about 40 MB a thread whatever a file claims.
 * Thread-safe.
 */
public final class PictureDecoder {

  /** More than this is taken for an attack or an accident, not for a photo. */
  static final long MAX_PIXELS = 1L << 29;

  /** A row must fit into memory. */
  private static final int MAX_SIDE = 1_000_000;

  private final ImageShape shape;

  /**
   * Decodes to one shape.
   *
   * @param shape with one channel for grey, or three
   */
  public PictureDecoder(ImageShape shape) {
    this.shape = shape;
  }

  /**
   * Decodes the first picture of a file.
   *
   * @param in at the start of the file
   * @return {@code shape.size()} bytes, plane by plane
   * @throws BrokenPictureException if there is no picture to be had from it
   * @throws IOException if it cannot be read or is damaged
   */
  public byte[] decode(ImageInputStream in) throws IOException {
    StoredPicture picture = open(in);
    return picture.decode(Framing.of(picture, shape)).pixels();
  }

  /**
   * Reads how large the first picture of a file is when it stands upright.
   *
   * @param in at the start of the file
   * @return its width and height
   * @throws BrokenPictureException if there is no picture to be had from it
   * @throws IOException if it cannot be read or is damaged
   */
  public static Dimension size(ImageInputStream in) throws IOException {
    StoredPicture picture = open(in);
    return picture.orientation().swapsSides()
        ? new Dimension(picture.height(), picture.width())
        : new Dimension(picture.width(), picture.height());
  }

  /**
   * Reads the header of the first picture of a file.
   *
   * @param in at the start of the file
   * @throws BrokenPictureException if there is no picture to be had from it
   * @throws IOException if it cannot be read or is damaged
   */
  private static StoredPicture open(ImageInputStream in) throws IOException {
    StoredPicture picture =
        switch (formatOf(in)) {
          case JPEG -> new JpegPicture(in);
          case PNG -> new PngPicture(in);
          case GIF -> new GifPicture(in);
        };
    checkSize(picture, MAX_PIXELS, "a picture");
    if (picture.width() > MAX_SIDE || picture.height() > MAX_SIDE) {
      throw new BrokenPictureException(
          "is %s wide and %s high, but at most %s pixels are read in a row or column"
              .formatted(picture.width(), picture.height(), MAX_SIDE));
    }
    return picture;
  }

  private static PictureFormat formatOf(ImageInputStream in) throws IOException {
    byte[] head = new byte[PictureFormat.HEAD];
    in.mark();
    int length = Math.max(0, in.read(head));
    in.reset();
    return PictureFormat.of(Arrays.copyOf(head, length));
  }

  static void checkSize(StoredPicture picture, long limit, String what)
      throws BrokenPictureException {
    int width = picture.width();
    int height = picture.height();
    if (width < 1 || height < 1 || (long) width * height > limit) {
      throw new BrokenPictureException(
          "is %s x %s, but %s must have 1 to %s pixels".formatted(width, height, what, limit));
    }
  }
}
