package io.github.autoencoder4j.internal.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds places in one run of memory for values that are needed at different times, so that those
 * needed at the same time lie apart: the largest first, each in the narrowest gap that holds it.
 * What a program keeps at most at any time is the least that any plan could take.
 *
 * <p>The method: Y. Pisarchyk, J. Lee, <a href="https://arxiv.org/abs/2001.03288">Efficient memory
 * management for deep neural net inference</a>, 2020 (greedy by size).
 */
final class MemoryPlan {

  /** Places are multiples of it: what a line of the processor's cache holds. */
  static final long ALIGNMENT = 64;

  private static final Comparator<Placed> BY_START = Comparator.comparingLong(Placed::start);

  private final long[] places;
  private final long bytes;

  /**
   * What has to be kept.
   *
   * @param bytes how large it is
   * @param first the first step that needs it
   * @param last the last one
   */
  record Need(long bytes, int first, int last) {

    /** The same, needed at one step more. */
    Need at(int step) {
      return new Need(bytes, Math.min(first, step), Math.max(last, step));
    }

    private boolean meets(Need other) {
      return first <= other.last && other.first <= last;
    }
  }

  private record Placed(Need need, long start, long end) {}

  private MemoryPlan(long[] places, long bytes) {
    this.places = places;
    this.bytes = bytes;
  }

  /** Finds a place for each. */
  static MemoryPlan of(List<Need> needs) {
    long[] places = new long[needs.size()];
    List<Placed> placed = new ArrayList<>();
    long bytes = 0;
    List<Integer> largestFirst =
        IntStream.range(0, needs.size())
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> needs.get(i).bytes()).reversed())
            .toList();
    for (int i : largestFirst) {
      Need need = needs.get(i);
      long length = (need.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      long start =
          narrowestGap(
              placed.stream().filter(other -> other.need().meets(need)).sorted(BY_START).toList(),
              length);
      placed.add(new Placed(need, start, start + length));
      places[i] = start;
      bytes = Math.max(bytes, start + length);
    }
    return new MemoryPlan(places, bytes);
  }

  /** Where the narrowest gap between others begins that is wide enough, or else behind them all. */
  private static long narrowestGap(List<Placed> others, long length) {
    long best = -1;
    long narrowest = Long.MAX_VALUE;
    long end = 0;
    for (Placed other : others) {
      long gap = other.start() - end;
      if (gap >= length && gap < narrowest) {
        narrowest = gap;
        best = end;
      }
      end = Math.max(end, other.end());
    }
    return best < 0 ? end : best;
  }

  /** Where one of the needs lies, by its index: bytes from the beginning. */
  long place(int need) {
    return places[need];
  }

  /** How long the run of memory is. */
  long bytes() {
    return bytes;
  }
}
