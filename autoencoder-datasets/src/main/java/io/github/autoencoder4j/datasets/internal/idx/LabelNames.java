package io.github.autoencoder4j.datasets.internal.idx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the label bytes of an IDX data set mean: the label of the first class and the names from
 * there on. Recognised by the range of the labels, which differs between the well-known sets.
 *
 * @param first the label of the first class
 * @param names one a class
 */
public record LabelNames(int first, List<String> names) {

  private static final String DIGITS = "0123456789";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

  /** EMNIST merges the small letters that look like their capitals; these are the others. */
  private static final String UNMERGED = "abdefghnqrt";

  /**
   * Names the classes of a data set.
   *
   * @param parts all the labels it uses
   * @return the names that fit them
   */
  public static LabelNames of(byte[]... parts) {
    int[] range =
        Arrays.stream(parts)
            .flatMapToInt(part -> IntStream.range(0, part.length).map(i -> part[i] & 0xFF))
            .collect(
                () -> new int[] {255, 0},
                (r, label) -> {
                  r[0] = Math.min(r[0], label);
                  r[1] = Math.max(r[1], label);
                },
                (a, b) -> {
                  a[0] = Math.min(a[0], b[0]);
                  a[1] = Math.max(a[1], b[1]);
                });
    int min = range[0];
    int max = range[1];
    if (max < 10) {
      return new LabelNames(0, characters(DIGITS));
    }
    if (min == 1 && max == 26) {
      return new LabelNames(1, characters(UPPER)); // EMNIST letters count from 1
    }
    if (max == 46) {
      return new LabelNames(0, characters(DIGITS + UPPER + UNMERGED)); // EMNIST balanced, bymerge
    }
    if (max == 61) {
      return new LabelNames(0, characters(DIGITS + UPPER + LOWER)); // EMNIST byclass
    }
    return new LabelNames(0, IntStream.rangeClosed(0, max).mapToObj(Integer::toString).toList());
  }

  /** Turns label bytes into indices into {@link #names()}. */
  int[] indices(byte[] labels) {
    return IntStream.range(0, labels.length).map(i -> (labels[i] & 0xFF) - first).toArray();
  }

  private static List<String> characters(String text) {
    return text.chars().mapToObj(Character::toString).toList();
  }
}
