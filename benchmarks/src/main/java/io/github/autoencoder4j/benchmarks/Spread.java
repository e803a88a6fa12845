package io.github.autoencoder4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of the same thing, one a round.
 *
 * @param rounds in the order of the rounds; at least one
 */
record Spread(List<Double> rounds) {

  private static final double USABLE = 1.5;

  Spread {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("a median needs at least one figure, but there is none");
    }
  }

  double median() {
    return quantile(0.5);
  }

  double lowerQuartile() {
    return quantile(0.25);
  }

  double upperQuartile() {
    return quantile(0.75);
  }

  /**
   * Whether the rounds agree: the greatest is not above 1.5 times the least. Where they do not,
   * something else went on in the machine, and their median says little.
   */
  boolean isUsable() {
    return max() <= USABLE * min();
  }

  /** Between neighbours in order, as NumPy and R do by default. */
  private double quantile(double part) {
    List<Double> sorted = sorted();
    double at = part * (sorted.size() - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
  }

  double min() {
    return sorted().get(0);
  }

  double max() {
    return sorted().get(rounds.size() - 1);
  }

  Map<String, Object> json() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("median", median());
    entry.put("lower_quartile", lowerQuartile());
    entry.put("upper_quartile", upperQuartile());
    entry.put("min", min());
    entry.put("max", max());
    entry.put("rounds", rounds);
    return entry;
  }

  private List<Double> sorted() {
    return rounds.stream().sorted().toList();
  }
}
