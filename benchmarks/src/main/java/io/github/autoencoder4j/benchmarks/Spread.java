package io.github.autoencoder4j.benchmarks;

import java.util.List;

/**
 * Figures of the same thing, one a round.
 *
 * @param rounds in the order of the rounds; at least one
 */
record Spread(List<Double> rounds) {

  Spread {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("a median needs at least one figure, but there is none");
    }
  }

  double median() {
    List<Double> sorted = sorted();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  double min() {
    return sorted().get(0);
  }

  double max() {
    return sorted().get(rounds.size() - 1);
  }

  private List<Double> sorted() {
    return rounds.stream().sorted().toList();
  }
}
