package io.github.autoencoder4j.sampling;

import java.util.Arrays;

/** How often each index was seen in each context. Immutable. */
final class ContextCounts {

  private final int entries;

  /** {@code context * entries + index}, each once, ascending. */
  private final long[] pairs;

  /** How many were seen before each of them, and at last all. */
  private final long[] before;

  /**
   * Counts.
   *
   * @param entries indices are 0 to one less
   * @param seen {@code context * entries + index}, as often as it was seen; is sorted
   */
  ContextCounts(int entries, long[] seen) {
    this.entries = entries;
    Arrays.sort(seen);
    this.pairs = Arrays.stream(seen).distinct().toArray();
    this.before = new long[pairs.length + 1];
    int at = 0;
    for (int i = 0; i < pairs.length; i++) {
      before[i] = at;
      while (at < seen.length && seen[at] == pairs[i]) {
        at++;
      }
    }
    before[pairs.length] = seen.length;
  }

  /** Where the pairs of a context begin; those of the next one follow. */
  private int start(long context) {
    int found = Arrays.binarySearch(pairs, context * entries);
    return found < 0 ? -found - 1 : found;
  }

  /** How often the context was seen. */
  long count(long context) {
    return before[start(context + 1)] - before[start(context)];
  }

  /** How many different indices were seen in it. */
  int kinds(long context) {
    return start(context + 1) - start(context);
  }

  /** How often an index was seen in it. */
  long count(long context, int index) {
    int found = Arrays.binarySearch(pairs, context * entries + index);
    return found < 0 ? 0 : before[found + 1] - before[found];
  }

  /** The index that was seen in it as one of {@code count(context)}, ordered by index. */
  int index(long context, long seen) {
    int found = Arrays.binarySearch(before, before[start(context)] + seen);
    return (int) (pairs[found < 0 ? -found - 2 : found] % entries);
  }
}
