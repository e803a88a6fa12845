package io.github.autoencoder4j.internal.samples;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * Samples side by side, in native memory if oneDNN is to read them where they lie. For one thread
 * at a time.
 */
public final class SampleMemory {

  /** Vector instructions and cache lines want memory to begin at a multiple of it. */
  private static final int ALIGNMENT = 64;

  /** The bits of 1.0f. Non-negative floats are ordered as their bits are. */
  private static final int ONE = 0x3f800000;

  /** Twice. */
  private static final long ONES = 0x3f800000_3f800000L;

  private static final long SIGNS = 0x80000000_80000000L;

  private final FloatBuffer values;

  /** The same memory, two values a time. */
  private final LongBuffer pairs;

  private SampleMemory(ByteBuffer bytes) {
    bytes.order(ByteOrder.nativeOrder());
    values = bytes.asFloatBuffer();
    pairs = bytes.asLongBuffer();
  }

  /**
   * New memory, outside of Java's heap unless the JVM was told to allow too little there: then in
   * the heap, from where it is copied once more.
   *
   * <p>It is the garbage collector's, and nobody else frees it: a source may keep the buffer that
   * it was handed, and write to it whenever it likes, without harm to anything but its own samples.
   *
   * @param capacity how many values
   * @return zeros
   */
  public static SampleMemory allocate(int capacity) {
    int bytes = Math.multiplyExact(capacity, Float.BYTES);
    try {
      ByteBuffer room = ByteBuffer.allocateDirect(Math.addExact(bytes, 2 * ALIGNMENT));
      return new SampleMemory(room.alignedSlice(ALIGNMENT).slice(0, bytes));
    } catch (OutOfMemoryError e) {
      return inHeap(capacity);
    }
  }

  /**
   * New memory in Java's heap.
   *
   * @param capacity how many values
   * @return zeros
   */
  public static SampleMemory inHeap(int capacity) {
    return new SampleMemory(ByteBuffer.allocate(Math.multiplyExact(capacity, Float.BYTES)));
  }

  /**
   * All values.
   *
   * @return the memory itself; its position is wherever it was left
   */
  public FloatBuffer values() {
    return values;
  }

  /**
   * The values from one on.
   *
   * @param position which
   * @return a view of the memory, standing there
   */
  public FloatBuffer at(int position) {
    return values.duplicate().position(position);
  }

  /**
   * Looks for a value that is not in a range.
   *
   * @param least the smallest value that there may be
   * @param greatest the largest value that there may be
   * @param from the first to look at
   * @param length how many
   * @return the position of the first such value, or one that is not finite, counted from {@code
   *     from}; -1 if there is none
   */
  public int firstOutside(double least, double greatest, int from, int length) {
    return length == 0 || (least == 0 && greatest == 1 && isUnit(from, length))
        ? -1
        : search(least, greatest, from, length);
  }

  /** Whether all values lie in [0, 1]. Minus zero is suspected too. */
  private boolean isUnit(int from, int length) {
    int end = from + length;
    int firstPair = (from + 1) / 2;
    int endPair = end / 2;
    long odd = 0;
    // Of each half, either the sign is set, or the subtraction sets it. A borrow from the lower
    // half can only blame the upper one where the lower is to blame itself.
    for (int i = firstPair; i < endPair; i++) {
      long pair = pairs.get(i);
      odd |= pair | (ONES - pair);
    }
    return (odd & SIGNS) == 0
        && (firstPair * 2 == from || isWithin(0, 1, values.get(from)))
        && (endPair * 2 == end || isWithin(0, 1, values.get(end - 1)));
  }

  private int search(double least, double greatest, int from, int length) {
    for (int i = 0; i < length; i++) {
      if (!isWithin(least, greatest, values.get(from + i))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Looks for a value of an array that is not in a range.
   *
   * @param least the smallest value that there may be
   * @param greatest the largest value that there may be
   * @param values where to look
   * @param from the first to look at
   * @param length how many
   * @return the position of the first such value, or one that is not finite, counted from {@code
   *     from}; -1 if there is none
   */
  public static int firstOutside(
      double least, double greatest, float[] values, int from, int length) {
    if (least == 0 && greatest == 1 && isUnit(values, from, length)) {
      return -1;
    }
    for (int i = 0; i < length; i++) {
      if (!isWithin(least, greatest, values[from + i])) {
        return i;
      }
    }
    return -1;
  }

  /** Whether all values lie in [0, 1]. Minus zero is suspected too. */
  private static boolean isUnit(float[] values, int from, int length) {
    int odd = 0;
    for (int i = from; i < from + length; i++) {
      int bits = Float.floatToRawIntBits(values[i]);
      odd |= bits | (ONE - bits);
    }
    return odd >= 0;
  }

  // Written so that NaN fails too.
  private static boolean isWithin(double least, double greatest, float value) {
    return value >= least && value <= greatest && Float.isFinite(value);
  }
}
