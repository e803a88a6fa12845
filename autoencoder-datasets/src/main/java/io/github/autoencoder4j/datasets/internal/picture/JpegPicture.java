package io.github.autoencoder4j.datasets.internal.picture;

import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A JPEG, decoded strip by strip. For each strip the decoder starts anew, but it is the only way in
 * which it gives all pixels without room for all of them.
 */
final class JpegPicture implements StoredPicture {

  /** The decoder of progressive JPEGs holds the whole picture in native memory. */
  static final long MAX_PROGRESSIVE_PIXELS = 1L << 26;

  /**
   * What no compression reaches. Decoders make room for all pixels before they see there are none.
   */
  private static final long MAX_PIXELS_A_BYTE = 1 << 14;

  /** Three or four bytes each, and as many again where colours are converted. */
  private static final int STRIP_PIXELS = 1 << 22;

  /** What the decoder says when it fills up with grey, and not of profiles and thumbnails. */
  private static final Set<String> PIXELS_MISSING =
      Set.of("Premature end of JPEG file", "Corrupt JPEG data: premature end of data segment");

  private static final String END_MISSING = "Truncated File - Missing EOI marker";

  private final ImageInputStream in;
  private final JpegMarkers markers;
  private final boolean sequential;
  private final int width;
  private final int height;

  JpegPicture(ImageInputStream in) throws IOException {
    this.in = in;
    this.sequential = Jpeg.isSequential(in);
    this.markers = JpegMarkers.read(in);
    ImageReader reader = Jpeg.reader();
    try {
      reader.setInput(in);
      this.width = reader.getWidth(0);
      this.height = reader.getHeight(0);
    } finally {
      reader.dispose();
    }
    in.seek(0);
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
    return markers.orientation();
  }

  @Override
  public PictureScaler decode(Framing framing) throws IOException {
    if (!sequential) {
      PictureDecoder.checkSize(this, MAX_PROGRESSIVE_PIXELS, "a progressive JPEG");
    }
    long bytes = in.length();
    PictureDecoder.checkSize(this, bytes * MAX_PIXELS_A_BYTE, "a JPEG of " + bytes + " bytes");
    try {
      return decode(in, framing);
    } catch (IOException | RuntimeException e) {
      if (markers.profiles().isEmpty()) {
        throw e;
      }
      // The colour profile is damaged or no decoder understands it. Others overlook it then.
      return decode(new MaskedStream(in, markers.profiles()), framing);
    }
  }

  private PictureScaler decode(ImageInputStream file, Framing framing) throws IOException {
    file.seek(0);
    AtomicReference<@Nullable String> missing = new AtomicReference<>();
    ImageReader reader = Jpeg.reader();
    try {
      reader.setInput(file);
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            boolean endNeeded = !sequential || !markers.oneScan();
            if (PIXELS_MISSING.contains(warning) || (endNeeded && warning.equals(END_MISSING))) {
              missing.set(warning);
            }
          });
      PictureScaler scaler = decode(reader, framing);
      if (missing.get() != null) {
        throw new BrokenPictureException("is truncated");
      }
      return scaler;
    } finally {
      reader.dispose();
    }
  }

  private static PictureScaler decode(ImageReader reader, Framing framing) throws IOException {
    Rectangle part = framing.part();
    int step = Math.max(1, STRIP_PIXELS / part.width);
    PictureScaler scaler = null;
    for (int y = 0; y < part.height; y += step) {
      int rows = Math.min(step, part.height - y);
      Rectangle strip = new Rectangle(part.x, part.y + y, part.width, rows);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceRegion(strip);
      BufferedImage image = reader.read(0, param);
      checkPart(image, strip);
      if (scaler == null) {
        ColorModel model = image.getColorModel();
        scaler = new PictureScaler(framing, model.getColorSpace(), model.hasAlpha());
      }
      add(image.getRaster(), strip, scaler);
    }
    return Objects.requireNonNull(scaler);
  }

  private static void add(Raster raster, Rectangle strip, PictureScaler scaler) {
    float[] components = new float[strip.width * raster.getNumBands()];
    for (int y = 0; y < strip.height; y++) {
      raster.getPixels(0, y, strip.width, 1, components);
      for (int i = 0; i < components.length; i++) {
        components[i] *= 1f / 255;
      }
      scaler.add(strip.y + y, strip.x, 1, components);
    }
  }

  /** A reader that takes no notice of the part asked for gives a picture that is not cut. */
  static void checkPart(BufferedImage image, Rectangle part) throws BrokenPictureException {
    if (image.getWidth() != part.width || image.getHeight() != part.height) {
      throw new BrokenPictureException(
          "is decoded to %s x %s pixels, where %s x %s were asked for"
              .formatted(image.getWidth(), image.getHeight(), part.width, part.height));
    }
  }
}
