package io.github.autoencoder4j.datasets.internal.picture;

import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.awt.color.ColorSpace;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The first frame of a GIF on its canvas (GIF89a), decoded row by row. What the frame does not
 * cover is transparent, as in browsers.
 *
 * <p>The reader of the JDK is not used: it knows no canvas, and refuses codes that start wider than
 * the eight bits of the standard, as some programs write them.
 */
final class GifPicture implements StoredPicture {

  private static final int HEADER_BYTES = 6;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;

  /** First row of each of the four passes, and the step to the next. */
  private static final int[][] INTERLACED = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private static final int[][] ONE_PASS = {{0, 1}};

  private final ImageInputStream in;
  private final int width;
  private final int height;
  private final int left;
  private final int top;
  private final int columns;
  private final int rows;
  private final boolean interlaced;
  private final byte[] palette;
  private final long codes;
  private int transparent = -1;

  GifPicture(ImageInputStream in) throws IOException {
    this.in = in;
    try {
      in.seek(in.getStreamPosition() + HEADER_BYTES);
      int screenWidth = word();
      int screenHeight = word();
      int flags = in.readUnsignedByte();
      in.skipBytes(2);
      byte[] common = palette(flags);
      skipToImage();
      this.left = word();
      this.top = word();
      this.columns = word();
      this.rows = word();
      int frameFlags = in.readUnsignedByte();
      byte[] own = palette(frameFlags);
      this.interlaced = (frameFlags & 0x40) != 0;
      if (columns == 0 || rows == 0) {
        throw new BrokenPictureException("is a GIF whose first frame has no pixels");
      }
      byte[] valid = own != null ? own : common;
      if (valid == null) {
        throw new BrokenPictureException("is a GIF without a palette, so its colours are unknown");
      }
      this.palette = valid;
      // Some programs write no canvas, or one that is too small.
      this.width = Math.max(screenWidth, left + columns);
      this.height = Math.max(screenHeight, top + rows);
      this.codes = in.getStreamPosition();
    } catch (EOFException e) {
      throw new BrokenPictureException("is truncated");
    }
  }

  private int word() throws IOException {
    int low = in.readUnsignedByte();
    return low | in.readUnsignedByte() << 8;
  }

  private byte @Nullable [] palette(int flags) throws IOException {
    if ((flags & 0x80) == 0) {
      return null;
    }
    byte[] colours = new byte[3 * (2 << (flags & 7))];
    in.readFully(colours);
    return colours;
  }

  private void skipToImage() throws IOException {
    for (int block = in.readUnsignedByte(); block != IMAGE; block = in.readUnsignedByte()) {
      if (block == EXTENSION) {
        int label = in.readUnsignedByte();
        int size = in.readUnsignedByte();
        if (label == GRAPHIC_CONTROL && size >= 4) {
          byte[] control = new byte[size];
          in.readFully(control);
          transparent = (control[0] & 1) != 0 ? control[3] & 0xFF : -1;
          size = in.readUnsignedByte();
        }
        for (; size != 0; size = in.readUnsignedByte()) {
          in.seek(in.getStreamPosition() + size);
        }
      } else if (block != 0) { // some programs write a zero too many
        throw new BrokenPictureException("is a GIF without a picture");
      }
    }
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
  public PictureScaler decode(Framing framing) throws IOException {
    in.seek(codes);
    PictureScaler scaler =
        new PictureScaler(framing, ColorSpace.getInstance(ColorSpace.CS_sRGB), true);
    float[] components = new float[columns * scaler.bands()];
    try {
      GifCodes indices = new GifCodes(in);
      for (int[] pass : interlaced ? INTERLACED : ONE_PASS) {
        for (int y = pass[0]; y < rows; y += pass[1]) {
          for (int i = 0; i < components.length; i += scaler.bands()) {
            colour(indices.next(), components, i);
          }
          scaler.add(top + y, left, 1, components);
        }
      }
    } catch (EOFException e) {
      throw new BrokenPictureException("is truncated");
    }
    return scaler;
  }

  private void colour(int index, float[] components, int i) {
    for (int b = 0; b < 3; b++) {
      int at = 3 * index + b;
      components[i + b] = at < palette.length ? (palette[at] & 0xFF) / 255f : 0;
    }
    components[i + 3] = index == transparent ? 0 : 1;
  }
}
