package io.github.autoencoder4j.datasets.internal.picture;

import com.twelvemonkeys.imageio.color.ColorProfiles;
import com.twelvemonkeys.imageio.color.ColorSpaces;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A PNG of any kind (PNG, third edition), decoded row by row.
 *
 * <p>The reader of the JDK is not used: asked for a part of a picture with a transparent colour it
 * gives another part, it finds no transparent colour among two or four bits, and it must hold all
 * pixels that shall be averaged.
 */
final class PngPicture implements StoredPicture {

  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  /** First column and row of each of Adam7's passes, and the steps to the next. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

  private final PngChunks chunks;
  private final int width;
  private final int height;
  private final int bits;
  private final int type;
  private final boolean interlaced;

  /** The samples of the transparent colour; null if there is none. */
  private final int @Nullable [] key;

  PngPicture(ImageInputStream in) throws IOException {
    this.chunks = PngChunks.read(in);
    ByteBuffer header = ByteBuffer.wrap(chunks.header());
    if (header.limit() != 13) {
      throw new BrokenPictureException("is a corrupt PNG: its header has another length");
    }
    this.width = header.getInt(0);
    this.height = header.getInt(4);
    this.bits = header.get(8);
    this.type = header.get(9);
    this.interlaced = header.get(12) == 1;
    boolean known =
        switch (type) {
          case GREY -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
          case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
          case RGB, GREY_ALPHA, RGB_ALPHA -> bits == 8 || bits == 16;
          default -> false;
        };
    if (!known || header.get(10) != 0 || header.get(11) != 0 || header.get(12) >>> 1 != 0) {
      throw new BrokenPictureException(
          ("is a PNG of an unsupported kind: colour type %s with %s bits, compression %s, filter"
                  + " %s, interlace %s")
              .formatted(type, bits, header.get(10), header.get(11), header.get(12)));
    }
    if (type == PALETTE && chunks.palette() == null) {
      throw new BrokenPictureException("is a corrupt PNG: its palette is missing");
    }
    this.key = key();
  }

  private int @Nullable [] key() {
    byte[] transparency = chunks.transparency();
    if (transparency == null
        || (type != GREY && type != RGB)
        || transparency.length < 2 * samples()) {
      return null;
    }
    int[] colour = new int[samples()];
    for (int i = 0; i < colour.length; i++) {
      // Only as many bits count as samples have.
      colour[i] = ByteBuffer.wrap(transparency).getShort(2 * i) & ((1 << bits) - 1);
    }
    return colour;
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
    return chunks.orientation();
  }

  /** Stored samples a pixel. */
  private int samples() {
    return switch (type) {
      case RGB -> 3;
      case GREY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  @Override
  public PictureScaler decode(Framing framing) throws IOException {
    boolean alpha =
        type == GREY_ALPHA
            || type == RGB_ALPHA
            || key != null
            || (type == PALETTE && chunks.transparency() != null);
    PictureScaler scaler = new PictureScaler(framing, space(), alpha);
    Inflater inflater = new Inflater();
    try (InputStream rows = new InflaterInputStream(chunks.pixels(), inflater, 1 << 14)) {
      for (int[] pass : interlaced ? ADAM7 : ONE_PASS) {
        decode(rows, pass[0], pass[1], pass[2], pass[3], scaler);
      }
      checkEnd(rows);
    } catch (EOFException e) {
      throw new BrokenPictureException("is truncated");
    } catch (ZipException e) {
      throw new BrokenPictureException("is a corrupt PNG: " + e.getMessage());
    } finally {
      inflater.end();
    }
    return scaler;
  }

  /** Has the checksum of all pixels looked at, if there is one. */
  @SuppressWarnings("ResultOfMethodCallIgnored")
  private static void checkEnd(InputStream rows) throws IOException {
    try {
      rows.read();
    } catch (EOFException e) {
      // All pixels are there, and the chunks that hold them are whole.
    }
  }

  private ColorSpace space() {
    boolean grey = type == GREY || type == GREY_ALPHA;
    ColorSpace plain = ColorSpace.getInstance(grey ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    byte[] profile = chunks.profile();
    if (profile == null || grey) {
      return plain;
    }
    try {
      ColorSpace space = ColorSpaces.createColorSpace(ColorProfiles.createProfile(profile));
      boolean fits = space.getType() == ColorSpace.TYPE_RGB;
      return fits && space.toRGB(new float[3]).length == 3 ? space : plain;
    } catch (IllegalArgumentException | CMMException e) {
      return plain; // as every browser does with a damaged profile
    }
  }

  private void decode(
      InputStream rows, int firstX, int firstY, int stepX, int stepY, PictureScaler scaler)
      throws IOException {
    int columns = (width - firstX + stepX - 1) / stepX;
    if (columns <= 0) {
      return; // such passes have no rows either
    }
    int pixelBytes = Math.max(1, samples() * bits / 8);
    byte[] row = new byte[(int) (((long) columns * samples() * bits + 7) / 8)];
    byte[] above = new byte[row.length];
    float[] components = new float[columns * scaler.bands()];
    for (int y = firstY; y < height; y += stepY) {
      int filter = rows.read();
      if (filter < 0 || rows.readNBytes(row, 0, row.length) < row.length) {
        throw new EOFException();
      }
      unfilter(filter, row, above, pixelBytes);
      if (scaler.wants(y)) {
        convert(row, components, scaler.bands());
        scaler.add(y, firstX, stepX, components);
      }
      byte[] spare = above;
      above = row;
      row = spare;
    }
  }

  private static void unfilter(int filter, byte[] row, byte[] above, int distance)
      throws IOException {
    if (filter < 0 || filter > 4) {
      throw new BrokenPictureException("is a corrupt PNG: it has a filter " + filter);
    }
    for (int i = 0; i < row.length; i++) {
      int left = i < distance ? 0 : row[i - distance] & 0xFF;
      int up = above[i] & 0xFF;
      int corner = i < distance ? 0 : above[i - distance] & 0xFF;
      row[i] +=
          (byte)
              switch (filter) {
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                case 4 -> paeth(left, up, corner);
                default -> 0;
              };
    }
  }

  private static int paeth(int left, int up, int corner) {
    int toLeft = Math.abs(up - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + up - 2 * corner);
    return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
  }

  /** From packed samples to components in [0, 1]. */
  private void convert(byte[] row, float[] components, int bands) {
    int samples = samples();
    float unit = 1f / ((1 << bits) - 1);
    int at = 0;
    for (int i = 0; i < components.length; i += bands) {
      if (type == PALETTE) {
        entry(sample(row, at++), components, i, bands);
        continue;
      }
      boolean transparent = key != null;
      for (int s = 0; s < samples; s++, at++) {
        int sample = sample(row, at);
        components[i + s] = sample * unit;
        transparent &= key != null && sample == key[s];
      }
      if (key != null) {
        components[i + samples] = transparent ? 0 : 1;
      }
    }
  }

  private int sample(byte[] row, int index) {
    if (bits == 8) {
      return row[index] & 0xFF;
    }
    if (bits == 16) {
      return ((row[2 * index] & 0xFF) << 8) | (row[2 * index + 1] & 0xFF);
    }
    int position = index * bits;
    return (row[position >> 3] >> (8 - bits - (position & 7))) & ((1 << bits) - 1);
  }

  /** The colour of a palette entry; black if there is none of that number. */
  private void entry(int index, float[] components, int i, int bands) {
    byte[] palette = chunks.palette();
    byte[] opacity = chunks.transparency();
    for (int b = 0; b < 3; b++) {
      int at = 3 * index + b;
      components[i + b] = palette == null || at >= palette.length ? 0 : (palette[at] & 0xFF) / 255f;
    }
    if (bands == 4) {
      components[i + 3] =
          opacity == null || index >= opacity.length ? 1 : (opacity[index] & 0xFF) / 255f;
    }
  }
}
