package io.github.autoencoder4j.internal.arithmetic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The hash of Austin Appleby's MurmurHash3 for 64-bit processors with 128 bits and the seed 0, of
 * which the first 64 are given.
 */
public final class Murmur3 {

  private static final long FIRST = 0x87c37b91114253d5L;
  private static final long SECOND = 0x4cf5ad432745937fL;
  private static final int BLOCK = 16;

  private Murmur3() {}

  /**
   * Hashes bytes.
   *
   * @param bytes all that remain; read to the end
   * @return the first half of the hash, as little-endian machines read it
   */
  public static long hash(ByteBuffer bytes) {
    ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    int length = in.remaining();
    long h1 = 0;
    long h2 = 0;
    while (in.remaining() >= BLOCK) {
      h1 ^= first(in.getLong());
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= second(in.getLong());
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    byte[] rest = new byte[BLOCK];
    in.get(rest, 0, in.remaining());
    ByteBuffer tail = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
    h1 ^= first(tail.getLong());
    h2 ^= second(tail.getLong());
    h1 ^= length;
    h2 ^= length;
    h1 += h2;
    h2 += h1;
    return mixed(h1) + mixed(h2);
  }

  private static long first(long block) {
    return Long.rotateLeft(block * FIRST, 31) * SECOND;
  }

  private static long second(long block) {
    return Long.rotateLeft(block * SECOND, 33) * FIRST;
  }

  private static long mixed(long hash) {
    long bits = hash;
    bits ^= bits >>> 33;
    bits *= 0xff51afd7ed558ccdL;
    bits ^= bits >>> 33;
    bits *= 0xc4ceb9fe1a85ec53L;
    return bits ^ (bits >>> 33);
  }
}
