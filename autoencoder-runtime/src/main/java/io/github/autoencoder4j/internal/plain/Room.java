package io.github.autoencoder4j.internal.plain;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Arrays that layers read and write, used by one thread at a time and kept for its next call. */
final class Room {

  /** Who needs arrays at the same time as others. */
  enum Use {
    /** What lies before the first layer, the third, and so on. */
    BEFORE_ODD,
    /** What lies before the second layer, the fourth, and so on. */
    BEFORE_EVEN,
    /** What a convolution sees of its input. */
    TAPS,
    /** What a transposed convolution yields, before it is spread. */
    PHASE,
    /** What lies between the convolutions of a residual block. */
    INNER,
    SQUARES,
    SUMS
  }

  private static final float[][] NO_ROWS = {};
  private static final float[] NOTHING = {};

  private final Map<Use, float[][]> rows = new EnumMap<>(Use.class);

  /**
   * Gives arrays that hold anything; the same at the next call. Each is as long as anybody ever
   * needed it, which may be less for the later ones: many short rows and a few long ones do not
   * make many long ones.
   *
   * @param use theirs alone
   * @param count at least so many
   * @param length at least so long, each of so many
   */
  float[][] rows(Use use, int count, int length) {
    float[][] room = rows.getOrDefault(use, NO_ROWS);
    int before = room.length;
    if (before < count) {
      room = Arrays.copyOf(room, count);
      Arrays.fill(room, before, count, NOTHING);
      rows.put(use, room);
    }
    for (int i = 0; i < count; i++) {
      if (room[i].length < length) {
        room[i] = new float[length];
      }
    }
    return room;
  }
}
