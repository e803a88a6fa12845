package io.github.autoencoder4j.datasets.internal.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes GIFs of any kind.
 *
 * @param frame where the first frame lies on the canvas: left, top, width, height
 * @param indices of the frame, row by row
 * @param palette red, green and blue of each entry; a power of two of them
 * @param local whether the palette is the frame's own
 * @param transparent the entry that is transparent; -1 if none is
 * @param codeBits how many bits an index has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GifFixture(
    int width,
    int height,
    int[] frame,
    int[] indices,
    byte @Nullable [] palette,
    boolean local,
    int transparent,
    boolean interlaced,
    int codeBits) {

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GIF89a".getBytes(ISO_8859_1));
    words(out, width, height);
    int size = palette == null ? 0 : Integer.numberOfTrailingZeros(palette.length / 3) - 1;
    out.write(palette == null || local ? 0 : 0x80 | size);
    out.write(0);
    out.write(0);
    if (palette != null && !local) {
      out.writeBytes(palette);
    }
    out.writeBytes(new byte[] {0x21, (byte) 0xFE, 3, 'h', 'e', 'y', 0}); // a comment
    if (transparent >= 0) {
      out.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, 1, 0, 0, (byte) transparent, 0});
    }
    out.write(0x2C);
    words(out, frame);
    out.write((palette != null && local ? 0x80 | size : 0) | (interlaced ? 0x40 : 0));
    if (palette != null && local) {
      out.writeBytes(palette);
    }
    out.write(codeBits);
    byte[] codes = codes();
    for (int i = 0; i < codes.length; i += 255) {
      int length = Math.min(255, codes.length - i);
      out.write(length);
      out.write(codes, i, length);
    }
    out.write(0);
    out.write(0x3B);
    return out.toByteArray();
  }

  private static void words(ByteArrayOutputStream out, int... words) {
    for (int word : words) {
      out.write(word);
      out.write(word >> 8);
    }
  }

  private int[] stored() {
    if (!interlaced) {
      return indices;
    }
    int[] stored = new int[indices.length];
    int row = 0;
    for (int[] pass : new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
      for (int y = pass[0]; y < frame[3]; y += pass[1]) {
        System.arraycopy(indices, y * frame[2], stored, row++ * frame[2], frame[2]);
      }
    }
    return stored;
  }

  private byte[] codes() {
    Bits bits = new Bits();
    int clear = 1 << codeBits;
    int wide = codeBits + 1;
    Map<String, Integer> table = new HashMap<>();
    bits.write(clear, wide);
    int next = clear + 2;
    String word = "";
    for (int index : stored()) {
      String longer = word + (char) index;
      if (longer.length() == 1 || table.containsKey(longer)) {
        word = longer;
        continue;
      }
      bits.write(code(table, word), wide);
      if (next < 4096) {
        if (next == 1 << wide) {
          wide++;
        }
        table.put(longer, next++);
      } else if (index % 2 == 0) {
        // Some programs clear a full table at once, some go on with it.
        bits.write(clear, wide);
        table.clear();
        next = clear + 2;
        wide = codeBits + 1;
      }
      word = String.valueOf((char) index);
    }
    bits.write(code(table, word), wide);
    if (next < 4096 && next == 1 << wide) {
      wide++;
    }
    bits.write(clear + 1, wide);
    return bits.bytes();
  }

  private static int code(Map<String, Integer> table, String word) {
    return word.length() == 1 ? word.charAt(0) : table.get(word);
  }

  private static final class Bits {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int buffer;
    private int count;

    void write(int code, int bits) {
      buffer |= code << count;
      for (count += bits; count >= 8; count -= 8) {
        out.write(buffer);
        buffer >>>= 8;
      }
    }

    byte[] bytes() {
      if (count > 0) {
        out.write(buffer);
      }
      return out.toByteArray();
    }
  }
}
