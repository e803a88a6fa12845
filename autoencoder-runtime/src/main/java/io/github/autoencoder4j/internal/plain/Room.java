package io.github.autoencoder4j.internal.plain;

import java.util.EnumMap;
import java.util.Map;

/** Arrays between the input of a layer and its output, used by one thread at a time. */
final class Room {

  /** Who needs arrays at the same time as others. */
  enum Use {
    /** What a convolution sees of its input. */
    TAPS,
    /** What a transposed convolution yields, before it is spread. */
    PHASE,
    /** What lies between the convolutions of a residual block. */
    INNER,
    SQUARES,
    SUMS
  }

  private static final float[][] NONE = {};

  private final Map<Use, float[][]> rows = new EnumMap<>(Use.class);

  /**
   * Gives arrays that hold anything; the same at the next call.
   *
   * @param use theirs alone
   * @param count at least so many
   * @param length at least so long
   */
  float[][] rows(Use use, int count, int length) {
    float[][] room = rows.getOrDefault(use, NONE);
    if (room.length < count || (count > 0 && room[0].length < length)) {
      int longest = room.length == 0 ? length : Math.max(length, room[0].length);
      room = new float[Math.max(count, room.length)][longest];
      rows.put(use, room);
    }
    return room;
  }
}
