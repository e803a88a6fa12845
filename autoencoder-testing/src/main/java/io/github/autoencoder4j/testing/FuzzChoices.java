package io.github.autoencoder4j.testing;

import java.util.List;

/**
 * Choices that the bytes of an input make, one after the other, so that whoever changes bytes
 * changes what is built from them. After the last byte every choice is the first one.
 */
public final class FuzzChoices {

  /** Where arithmetic goes wrong, if anywhere. */
  private static final int[] NUMBERS = {
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    15,
    16,
    31,
    32,
    64,
    100,
    127,
    128,
    255,
    256,
    512,
    999,
    1_000,
    1_001,
    1_024,
    4_096,
    32_767,
    65_535,
    65_536,
    1 << 20,
    1 << 24,
    1 << 30,
    Integer.MAX_VALUE,
    -1,
    Integer.MIN_VALUE
  };

  private final byte[] bytes;
  private int at;

  /** Starts at the first byte. */
  public FuzzChoices(byte[] bytes) {
    this.bytes = bytes;
  }

  private int next() {
    return at < bytes.length ? Byte.toUnsignedInt(bytes[at++]) : 0;
  }

  /** A number from 0 to {@code bound - 1}. */
  public int below(int bound) {
    long value = next();
    for (long range = 256; range < bound; range *= 256) {
      value = value * 256 + next();
    }
    return (int) (value % bound);
  }

  /** True once in so many times. */
  public boolean oneIn(int times) {
    return below(times) == times - 1;
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T of(T... values) {
    return values[below(values.length)];
  }

  /** One of these. */
  public <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  /** Any whole number; those at the edges of types more often than others. */
  public int number() {
    return oneIn(8) ? below(Integer.MAX_VALUE) : NUMBERS[below(NUMBERS.length)];
  }

  /** How many of something: a few, and at times up to {@code most}. */
  public int count(int most) {
    int kind = below(32);
    return Math.min(most, kind < 24 ? kind % 4 : kind < 31 ? below(64) : below(most + 1));
  }
}
