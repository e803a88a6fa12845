package io.github.autoencoder4j.metric;

/**
 * How evenly the entries of a codebook are used. It is told of the indices of any number of codes.
 *
 * <pre>{@code
 * Codebook codebook = autoencoder.codebook();
 * CodebookUsage usage = new CodebookUsage(codebook.entries());
 * autoencoder.encode(test, (index, code) -> usage.add(codebook.indices(code)));
 * double share = usage.usedShare(); // 1 if no entry is dead
 * double perplexity = usage.perplexity(); // as many as there are entries if all are used alike
 * double bits = usage.bits(); // of an index, if frequent ones take fewer
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class CodebookUsage {

  private final long[] counts;
  private long total;

  /**
   * Starts to count.
   *
   * @param entries how many there are; at least 1
   * @throws IllegalArgumentException if {@code entries} is below 1
   */
  public CodebookUsage(int entries) {
    if (entries < 1) {
      throw new IllegalArgumentException(
          "a codebook has at least 1 entry, but was given " + entries);
    }
    counts = new long[entries];
  }

  /**
   * Counts the indices of a code.
   *
   * @param indices 0 to {@code entries - 1}
   * @throws IllegalArgumentException if one lies outside; none is counted then
   */
  public void add(int[] indices) {
    for (int index : indices) {
      if (index < 0 || index >= counts.length) {
        throw new IllegalArgumentException(
            "indices must lie in 0 to %s, but one is %s".formatted(counts.length - 1, index));
      }
    }
    for (int index : indices) {
      counts[index]++;
      total++;
    }
  }

  /**
   * Gives how often each entry was used.
   *
   * @return {@code [entries]}, a copy
   */
  public long[] counts() {
    return counts.clone();
  }

  /**
   * Counts the entries that were used at all.
   *
   * @return 0 to {@code entries}
   */
  public int used() {
    int used = 0;
    for (long count : counts) {
      used += count > 0 ? 1 : 0;
    }
    return used;
  }

  /**
   * Gives the share of the entries that were used at all.
   *
   * @return in [0, 1]
   */
  public double usedShare() {
    return (double) used() / counts.length;
  }

  /**
   * Gives the entropy of an index: how many bits it takes on average where each takes {@code -log2}
   * of its share.
   *
   * @return {@code -sum_k p_k log2 p_k} in bits; 0 to {@code log2(entries)}
   * @throws IllegalStateException if nothing was counted
   */
  public double bits() {
    if (total == 0) {
      throw new IllegalStateException("no indices were added; the usage of none is undefined");
    }
    double sum = 0;
    for (long count : counts) {
      if (count > 0) {
        double share = (double) count / total;
        sum -= share * Math.log(share);
      }
    }
    // Not the -0 of a single entry.
    return Math.max(0, sum / Math.log(2));
  }

  /**
   * Gives the number of entries that, used alike, would have the same entropy.
   *
   * @return {@code 2^bits}, 1 to {@code entries}
   * @throws IllegalStateException if nothing was counted
   */
  public double perplexity() {
    return Math.pow(2, bits());
  }
}
