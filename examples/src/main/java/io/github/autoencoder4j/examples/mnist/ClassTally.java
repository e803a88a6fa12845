package io.github.autoencoder4j.examples.mnist;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each class was drawn.
 *
 * @param names the classes, by the data's own names; at least one
 * @param counts how many samples each has, in the same order
 */
record ClassTally(List<String> names, List<Integer> counts) {

  int most() {
    return Collections.max(counts);
  }

  int least() {
    return Collections.min(counts);
  }

  /** The classes with exactly this many samples. */
  List<String> with(int count) {
    return IntStream.range(0, names.size())
        .filter(i -> counts.get(i) == count)
        .mapToObj(names::get)
        .toList();
  }

  /** How many classes have so many samples or more. */
  int withAtLeast(int count) {
    return (int) counts.stream().filter(each -> each >= count).count();
  }
}
