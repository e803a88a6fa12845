package io.github.autoencoder4j.datasets.internal.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes PNGs of any kind from samples, with random filters, and any chunks besides. */
public final class PngFixture {

  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  /** Gives the samples of a pixel. */
  @FunctionalInterface
  public interface Samples {
    int[] at(int x, int y);
  }

  private final int width;
  private final int height;
  private final int type;
  private final int bits;
  private final boolean interlaced;
  private final Samples samples;
  private final List<byte[]> before = new ArrayList<>();
  private final List<byte[]> after = new ArrayList<>();
  private int chunkBytes = Integer.MAX_VALUE;
  private @Nullable Random filters;

  public PngFixture(
      int width, int height, int type, int bits, boolean interlaced, Samples samples) {
    this.width = width;
    this.height = height;
    this.type = type;
    this.bits = bits;
    this.interlaced = interlaced;
    this.samples = samples;
  }

  public static int samplesOf(int type) {
    return switch (type) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  /** An RGB picture of one colour. */
  public static PngFixture plain(int width, int height, int red, int green, int blue) {
    return new PngFixture(width, height, 2, 8, false, (x, y) -> new int[] {red, green, blue});
  }

  PngFixture before(String chunk, byte... data) {
    before.add(chunk(chunk, data));
    return this;
  }

  public PngFixture after(String chunk, byte... data) {
    after.add(chunk(chunk, data));
    return this;
  }

  /** A chunk whose checksum is wrong. */
  PngFixture damaged(String chunk, byte... data) {
    byte[] damaged = chunk(chunk, data);
    damaged[damaged.length - 1] ^= 1;
    before.add(damaged);
    return this;
  }

  PngFixture filters(Random random, int bytes) {
    filters = random;
    chunkBytes = bytes;
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("\u0089PNG\r\n\u001A\n".getBytes(ISO_8859_1));
    byte[] header = {(byte) bits, (byte) type, 0, 0, (byte) (interlaced ? 1 : 0)};
    file.writeBytes(
        chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(header).array()));
    before.forEach(file::writeBytes);
    byte[] pixels = deflated();
    for (int i = 0; i < pixels.length; i += Math.min(chunkBytes, pixels.length)) {
      int end = (int) Math.min(pixels.length, (long) i + chunkBytes);
      file.writeBytes(chunk("IDAT", Arrays.copyOfRange(pixels, i, end)));
    }
    after.forEach(file::writeBytes);
    file.writeBytes(chunk("IEND"));
    return file.toByteArray();
  }

  private byte[] deflated() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new BufferedOutputStream(new DeflaterOutputStream(packed))) {
      for (int[] pass : interlaced ? ADAM7 : new int[][] {{0, 0, 1, 1}}) {
        write(pass, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private void write(int[] pass, OutputStream out) throws IOException {
    int columns = (width - pass[0] + pass[2] - 1) / pass[2];
    if (columns <= 0) {
      return;
    }
    int perPixel = samplesOf(type);
    int distance = Math.max(1, perPixel * bits / 8);
    byte[] above = new byte[(columns * perPixel * bits + 7) / 8];
    for (int y = pass[1]; y < height; y += pass[3]) {
      byte[] row = new byte[above.length];
      for (int i = 0; i < columns; i++) {
        int[] pixel = samples.at(pass[0] + i * pass[2], y);
        for (int s = 0; s < perPixel; s++) {
          int at = (i * perPixel + s) * bits;
          if (bits == 16) {
            row[at / 8] = (byte) (pixel[s] >> 8);
            row[at / 8 + 1] = (byte) pixel[s];
          } else {
            row[at / 8] |= (byte) (pixel[s] << (8 - bits - at % 8));
          }
        }
      }
      int filter = filters == null ? 0 : filters.nextInt(5);
      out.write(filter);
      for (int i = 0; i < row.length; i++) {
        int left = i < distance ? 0 : row[i - distance] & 0xFF;
        int corner = i < distance ? 0 : above[i - distance] & 0xFF;
        out.write(row[i] - predicted(filter, left, above[i] & 0xFF, corner));
      }
      above = row;
    }
  }

  private static int predicted(int filter, int left, int up, int corner) {
    if (filter < 3) {
      return filter == 0 ? 0 : filter == 1 ? left : up;
    }
    if (filter == 3) {
      return (left + up) >> 1;
    }
    int estimate = left + up - corner;
    int best = left;
    for (int candidate : new int[] {up, corner}) {
      if (Math.abs(estimate - candidate) < Math.abs(estimate - best)) {
        best = candidate;
      }
    }
    return best;
  }

  public static byte[] chunk(String type, byte... data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] typed = PictureFixture.inserted(data, 0, type.getBytes(ISO_8859_1));
    CRC32 checksum = new CRC32();
    checksum.update(typed);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(data.length);
      out.write(typed);
      out.writeInt((int) checksum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A keyword, the number of the method, and deflated data: a zTXt or iCCP chunk. */
  public static byte[] compressed(String keyword, byte[] data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((keyword + "\0\0").getBytes(ISO_8859_1));
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Exif with nothing but an orientation. */
  public static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0})
        .put((byte) orientation)
        .array();
  }
}
