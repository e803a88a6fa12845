package io.github.autoencoder4j.datasets.internal.picture;

import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** The palette indices of a GIF's frame, from its LZW codes. */
final class GifCodes {

  private static final int MAX_BITS = 12;

  private final ImageInputStream in;
  private final int clear;
  private final int firstBits;

  /** What a code stands for: what another code stands for, and one index more. */
  private final short[] prefixes = new short[1 << MAX_BITS];

  private final short[] lasts = new short[1 << MAX_BITS];

  /** Indices that are decoded and not asked for yet, the next on top. */
  private final short[] stack = new short[1 << MAX_BITS];

  private int height;

  private int bits;
  private int size;
  private int previous;

  private final byte[] block = new byte[255];
  private int position;
  private int length;
  private int buffer;
  private int buffered;

  /**
   * Starts at the first index.
   *
   * @param in at the number that tells how wide codes are
   */
  GifCodes(ImageInputStream in) throws IOException {
    this.in = in;
    int indexBits = in.readUnsignedByte();
    if (indexBits < 1 || indexBits >= MAX_BITS) {
      throw new BrokenPictureException(
          "is a corrupt GIF: its codes start with %s bits".formatted(indexBits));
    }
    this.clear = 1 << indexBits;
    this.firstBits = indexBits + 1;
    for (int i = 0; i < clear; i++) {
      lasts[i] = (short) i;
    }
    reset();
  }

  private void reset() {
    bits = firstBits;
    size = clear + 2;
    previous = -1;
  }

  /**
   * The next index.
   *
   * @throws EOFException if there are no more
   */
  int next() throws IOException {
    while (height == 0) {
      int code = code();
      if (code == clear) {
        reset();
      } else if (code == clear + 1) {
        throw new EOFException();
      } else {
        unpack(code);
      }
    }
    return stack[--height];
  }

  private void unpack(int code) throws IOException {
    if (code > size || (code == size && size == 1 << MAX_BITS) || (previous < 0 && code > clear)) {
      throw new BrokenPictureException("is a corrupt GIF: it has a code that stands for nothing");
    }
    int rest = code;
    if (code == size) {
      height++; // its last index is its first, which is not known yet
      rest = previous;
    }
    while (rest > clear) {
      stack[height++] = lasts[rest];
      rest = prefixes[rest];
    }
    stack[height++] = lasts[rest];
    if (code == size) {
      stack[0] = lasts[rest];
    }
    if (previous >= 0 && size < 1 << MAX_BITS) {
      prefixes[size] = (short) previous;
      lasts[size++] = lasts[rest];
    }
    if (size == 1 << bits && bits < MAX_BITS) {
      bits++;
    }
    previous = code;
  }

  private int code() throws IOException {
    while (buffered < bits) {
      if (position == length) {
        length = in.readUnsignedByte();
        position = 0;
        if (length == 0) {
          throw new EOFException();
        }
        in.readFully(block, 0, length);
      }
      buffer |= (block[position++] & 0xFF) << buffered;
      buffered += 8;
    }
    int code = buffer & ((1 << bits) - 1);
    buffer >>>= bits;
    buffered -= bits;
    return code;
  }
}
