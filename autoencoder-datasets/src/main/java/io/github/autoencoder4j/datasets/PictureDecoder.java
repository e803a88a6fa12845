package io.github.autoencoder4j.datasets;

import com.google.common.math.IntMath;
import io.github.autoencoder4j.data.ImageShape;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.RoundingMode;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Turns an encoded picture of any size and colour model into pixels of one shape: the largest
 * centred part of the right proportions, stood upright, scaled by area, as sRGB or grey bytes.
 *
 * <p>Width and height are read and bounded before anything is decoded, and large pictures are
 * decoded at reduced size, so memory stays within about 40 MB a thread whatever a file claims.
 * Thread-safe.
 */
final class PictureDecoder {

  /** More than this is taken for an attack or an accident, not for a photo. */
  static final long MAX_PIXELS = 1L << 29;

  /** The decoder of progressive JPEGs holds the whole picture in native memory. */
  static final long MAX_PROGRESSIVE_PIXELS = 1L << 26;

  /** Parts with more pixels than this are thinned out while decoding. */
  private static final long MAX_DECODED_PIXELS = 1L << 22;

  /** What no compression reaches: PNG at its best makes 8,256 black or white pixels of a byte. */
  private static final long MAX_PIXELS_A_BYTE = 1 << 14;

  private final ImageShape shape;

  PictureDecoder(ImageShape shape) {
    this.shape = shape;
  }

  /**
   * Decodes the first picture of a file.
   *
   * @return {@code shape.size()} bytes, plane by plane
   * @throws BrokenPictureException if there is no picture to be had from it
   * @throws IOException if it cannot be read or is damaged
   */
  byte[] decode(ImageInputStream in) throws IOException {
    PictureFormat format = formatOf(in);
    boolean jpeg = format == PictureFormat.JPEG;
    boolean sequential = !jpeg || Jpeg.isSequential(in);
    ImageReader reader =
        jpeg
            ? Jpeg.reader()
            : ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT)).next();
    try {
      // Text and profile chunks of a PNG may inflate without bound; nothing here needs them.
      reader.setInput(in, false, !jpeg);
      Orientation orientation = jpeg ? orientation(reader) : Orientation.NORMAL;
      return decode(reader, in.length(), sequential, orientation);
    } finally {
      reader.dispose();
    }
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

  private byte[] decode(ImageReader reader, long bytes, boolean sequential, Orientation orientation)
      throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    checkSize(width, height, MAX_PIXELS, "a picture");
    if (!sequential) {
      checkSize(width, height, MAX_PROGRESSIVE_PIXELS, "a progressive JPEG");
    }
    // Decoders make room for all pixels before they see that there are none.
    checkSize(width, height, bytes * MAX_PIXELS_A_BYTE, "one of %s bytes".formatted(bytes));
    boolean[] truncated = new boolean[1];
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          String text = warning.toLowerCase(Locale.ROOT);
          truncated[0] |= text.contains("truncated") || text.contains("premature end");
        });
    ImageReadParam param = centre(reader, width, height, orientation.swapsSides());
    BufferedImage part = reader.read(0, param);
    if (truncated[0]) {
      throw new BrokenPictureException("is truncated");
    }
    checkPart(part, param);
    return PictureScaler.scale(part, orientation, shape);
  }

  private static void checkSize(int width, int height, long limit, String what)
      throws BrokenPictureException {
    if (width < 1 || height < 1 || (long) width * height > limit) {
      throw new BrokenPictureException(
          "is %s x %s, but %s must have 1 to %s pixels".formatted(width, height, what, limit));
    }
  }

  /** A reader that takes no notice of the part asked for gives a picture that is not cut. */
  static void checkPart(BufferedImage part, ImageReadParam param) throws BrokenPictureException {
    Rectangle region = param.getSourceRegion();
    int width = IntMath.divide(region.width, param.getSourceXSubsampling(), RoundingMode.CEILING);
    int height = IntMath.divide(region.height, param.getSourceYSubsampling(), RoundingMode.CEILING);
    if (part.getWidth() != width || part.getHeight() != height) {
      throw new BrokenPictureException(
          "is decoded to %s x %s pixels, where %s x %s were asked for"
              .formatted(part.getWidth(), part.getHeight(), width, height));
    }
  }

  private static Orientation orientation(ImageReader reader) {
    try {
      Element tree =
          (Element)
              reader
                  .getImageMetadata(0)
                  .getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
      NodeList nodes = tree.getElementsByTagName("ImageOrientation");
      return nodes.getLength() == 0
          ? Orientation.NORMAL
          : Orientation.ofStandardName(((Element) nodes.item(0)).getAttribute("value"));
    } catch (IOException | RuntimeException e) {
      return Orientation.NORMAL; // cameras write odd metadata to good pictures
    }
  }

  /** The largest centred part with the proportions wanted, thinned out if that is large. */
  private ImageReadParam centre(ImageReader reader, int width, int height, boolean swapsSides) {
    long wide = swapsSides ? shape.height() : shape.width();
    long high = swapsSides ? shape.width() : shape.height();
    int partWidth = (int) Math.max(1, Math.min(width, height * wide / high));
    int partHeight = (int) Math.max(1, Math.min(height, width * high / wide));
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(
        new Rectangle((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight));
    int step = (int) Math.ceil(Math.sqrt((double) partWidth * partHeight / MAX_DECODED_PIXELS));
    if (step > 1) {
      param.setSourceSubsampling(step, step, 0, 0);
    }
    return param;
  }
}
