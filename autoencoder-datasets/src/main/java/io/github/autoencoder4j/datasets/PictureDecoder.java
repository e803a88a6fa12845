package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.data.ImageShape;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Turns an encoded picture of any size and colour model into pixels of one shape: the largest
 * centred part of the right proportions, stood upright, scaled by area, as sRGB or grey bytes.
 *
 * <p>Width and height are read and bounded before anything is decoded, and pixels are averaged
 * while they are decoded, so memory stays within about 40 MB a thread whatever a file claims.
 * Thread-safe.
 */
final class PictureDecoder {

  /** More than this is taken for an attack or an accident, not for a photo. */
  static final long MAX_PIXELS = 1L << 29;

  /** A row must fit into memory. */
  private static final int MAX_SIDE = 1_000_000;

  private final ImageShape shape;

  PictureDecoder(ImageShape shape) {
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
  byte[] decode(ImageInputStream in) throws IOException {
    StoredPicture picture = open(in);
    return picture.decode(Framing.of(picture, shape)).pixels();
  }

  /**
   * Reads the header of the first picture of a file.
   *
   * @param in at the start of the file
   * @throws BrokenPictureException if there is no picture to be had from it
   * @throws IOException if it cannot be read or is damaged
   */
  static StoredPicture open(ImageInputStream in) throws IOException {
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
    int length = in.read(head);
    in.reset();
    PictureFormat format = length < head.length ? null : PictureFormat.of(head);
    if (format == null) {
      throw new BrokenPictureException(
          length < head.length
              ? "is empty or too short for a picture"
              : "is not a JPEG, PNG or GIF picture, whatever its name says");
    }
    return format;
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
