package io.github.autoencoder4j.datasets.internal.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.primitives.Ints;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a PNG says before and after its pixels (PNG, third edition). Sizes are bounded whatever a
 * chunk claims, and text is not inflated unless it may hold Exif.
 *
 * <p>Chunks that pixels depend on must be whole; of the others, a damaged one is overlooked.
 */
final class PngChunks {

  private static final int SIGNATURE_BYTES = 8;
  private static final int IHDR_BYTES = 13;
  private static final int MAX_PALETTE_BYTES = 3 << 8;

  /** Far more than any profile of colours or Exif has. */
  private static final int MAX_METADATA_BYTES = 4 << 20;

  /** ImageMagick kept Exif so, before there was a chunk for it. */
  private static final String RAW_EXIF = "Raw profile type (exif|APP1|app1)";

  private final ImageInputStream in;
  private byte @Nullable [] header;
  private byte @Nullable [] palette;
  private byte @Nullable [] transparency;
  private byte @Nullable [] profile;
  private @Nullable Orientation orientation;
  private long firstPixels = -1;

  private PngChunks(ImageInputStream in) {
    this.in = in;
  }

  /**
   * Reads all chunks but those of pixels, wherever they are: Exif may follow the pixels.
   *
   * @param in at the start of the file
   * @throws BrokenPictureException if a chunk that pixels depend on is damaged, missing or unknown
   */
  static PngChunks read(ImageInputStream in) throws IOException {
    PngChunks chunks = new PngChunks(in);
    long length = in.length() < 0 ? Long.MAX_VALUE : in.length();
    in.seek(in.getStreamPosition() + SIGNATURE_BYTES);
    // Without a last chunk, what is there will do if all pixels are.
    try {
      while (in.getStreamPosition() <= length - 12) {
        long start = in.getStreamPosition();
        long size = in.readUnsignedInt();
        byte[] type = new byte[4];
        in.readFully(type);
        String name = new String(type, ISO_8859_1);
        if (name.equals("IEND")) {
          break;
        }
        if (name.equals("IDAT") && chunks.firstPixels < 0) {
          chunks.firstPixels = start;
        }
        chunks.read(name, type, size);
        in.seek(start + 12 + size);
      }
    } catch (EOFException e) {
      // Pixels that are missing will be missed.
    }
    if (chunks.header == null) {
      throw new BrokenPictureException("is a PNG without a header");
    }
    if (chunks.firstPixels < 0) {
      throw new BrokenPictureException("is a PNG without pixels");
    }
    return chunks;
  }

  private void read(String name, byte[] type, long size) throws IOException {
    if (header == null && !name.equals("IHDR")) {
      throw new BrokenPictureException("is a PNG that does not start with its header");
    }
    boolean beforePixels = firstPixels < 0;
    switch (name) {
      case "IHDR" -> header = once(header, essential(type, size, IHDR_BYTES));
      case "PLTE" -> palette = once(palette, essential(type, size, MAX_PALETTE_BYTES));
      case "tRNS" -> {
        if (beforePixels && transparency == null) {
          transparency = essential(type, size, 1 << 8);
        }
      }
      case "iCCP" -> {
        if (beforePixels && profile == null) {
          profile = inflated(optional(type, size));
        }
      }
      case "eXIf" -> orient(optional(type, size));
      case "tEXt", "zTXt" -> orient(rawExif(name.equals("zTXt"), optional(type, size)));
      case "IDAT" -> {}
      default -> {
        if ((type[0] & 0x20) == 0) {
          // Such as CgBI, whose pixels are not what they seem.
          throw new BrokenPictureException(
              "has a chunk %s, which is unsupported and changes what the pixels mean"
                  .formatted(name.replaceAll("[^A-Za-z]", "?")));
        }
      }
    }
  }

  private static byte[] once(byte @Nullable [] before, byte[] chunk) throws IOException {
    if (before != null) {
      throw new BrokenPictureException("is a corrupt PNG: it has a header or palette twice");
    }
    return chunk;
  }

  private byte[] essential(byte[] type, long size, int limit) throws IOException {
    byte[] data = size > limit ? null : whole(type, (int) size);
    if (data == null) {
      throw new BrokenPictureException(
          "is a corrupt PNG: its chunk %s is damaged".formatted(new String(type, US_ASCII)));
    }
    return data;
  }

  private byte[] optional(byte[] type, long size) throws IOException {
    byte[] data = size > MAX_METADATA_BYTES ? null : whole(type, (int) size);
    return data == null ? new byte[0] : data;
  }

  /** The data of a chunk; null if it is not what its checksum says. */
  private byte @Nullable [] whole(byte[] type, int size) throws IOException {
    if (in.length() >= 0 && in.getStreamPosition() + size > in.length()) {
      throw new EOFException();
    }
    byte[] data = new byte[size];
    in.readFully(data);
    CRC32 checksum = new CRC32();
    checksum.update(type);
    checksum.update(data);
    return (int) checksum.getValue() == in.readInt() ? data : null;
  }

  private void orient(byte[] exif) {
    Orientation found = Exif.orientation(exif);
    if (orientation == null && found != Orientation.NORMAL) {
      orientation = found;
    }
  }

  /** Exif as hexadecimal digits, after a line with its name and one with its length. */
  private static byte[] rawExif(boolean compressed, byte[] chunk) {
    String keyword = new String(chunk, 0, end(chunk), ISO_8859_1);
    if (!keyword.matches(RAW_EXIF)) {
      return new byte[0];
    }
    byte[] text =
        compressed
            ? inflated(chunk)
            : Arrays.copyOfRange(chunk, Math.min(chunk.length, end(chunk) + 1), chunk.length);
    String[] words =
        text == null ? new String[0] : new String(text, ISO_8859_1).strip().split("\\s+", 3);
    String digits = words.length < 3 ? "" : words[2].replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    return digits.matches("([0-9a-f]{2})*") ? HexFormat.of().parseHex(digits) : new byte[0];
  }

  /** What follows a keyword, a zero and the number of the method; null if it is damaged. */
  private static byte @Nullable [] inflated(byte[] chunk) {
    int start = Math.min(chunk.length, end(chunk) + 2);
    try (InputStream deflated =
        new InflaterInputStream(new ByteArrayInputStream(chunk, start, chunk.length - start))) {
      byte[] data = deflated.readNBytes(MAX_METADATA_BYTES);
      return data.length == 0 ? null : data;
    } catch (IOException e) {
      return null;
    }
  }

  private static int end(byte[] keyword) {
    int end = 0;
    while (end < keyword.length && keyword[end] != 0) {
      end++;
    }
    return end;
  }

  /** 13 bytes: width, height, bits, colour type, compression, filter, interlace. */
  byte[] header() {
    return Objects.requireNonNull(header);
  }

  /** Red, green and blue of each entry; null if there is none. */
  byte @Nullable [] palette() {
    return palette;
  }

  /** The opacity of palette entries, or the one colour that is transparent; null if none is. */
  byte @Nullable [] transparency() {
    return transparency;
  }

  /** The ICC profile; null if there is none. */
  byte @Nullable [] profile() {
    return profile;
  }

  Orientation orientation() {
    return orientation == null ? Orientation.NORMAL : orientation;
  }

  /** The data of all chunks of pixels, deflated. */
  InputStream pixels() throws IOException {
    in.seek(firstPixels);
    return new PixelStream(in);
  }

  /** The data of consecutive chunks of pixels; ends where they do. */
  private static final class PixelStream extends InputStream {

    private final ImageInputStream in;
    private final CRC32 checksum = new CRC32();
    private long left;
    private boolean ended;

    PixelStream(ImageInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (left == 0 && !ended) {
        next();
      }
      if (ended) {
        return -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(left, length));
      if (count < 0) {
        throw new BrokenPictureException("is truncated");
      }
      left -= count;
      checksum.update(bytes, offset, count);
      check();
      return count;
    }

    private void next() throws IOException {
      byte[] type = new byte[4];
      try {
        left = in.readUnsignedInt();
        in.readFully(type);
      } catch (EOFException e) {
        left = 0;
      }
      ended = !new String(type, ISO_8859_1).equals("IDAT");
      checksum.reset();
      checksum.update(type);
      if (!ended) {
        check();
      }
    }

    private void check() throws IOException {
      byte[] end = new byte[left == 0 ? 4 : 0];
      if (in.read(end) < end.length) {
        throw new BrokenPictureException("is truncated");
      }
      if (left == 0 && Ints.fromByteArray(end) != (int) checksum.getValue()) {
        throw new BrokenPictureException("is a corrupt PNG: a chunk of pixels is damaged");
      }
    }
  }
}
