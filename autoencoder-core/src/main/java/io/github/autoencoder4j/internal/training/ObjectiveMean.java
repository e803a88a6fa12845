package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.loss.Objective;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds objectives of batches up, each as often as the batch has samples. */
final class ObjectiveMean {

  double lossSum;

  /** In the order of the network; empty before the first batch. */
  final Map<String, Double> termSums = new LinkedHashMap<>();

  void add(Objective objective, int n) {
    lossSum += objective.reconstruction() * n;
    objective.terms().forEach((name, value) -> termSums.merge(name, value * n, Double::sum));
  }

  /** The mean over so many samples. */
  Objective over(int size) {
    Map<String, Double> means = new LinkedHashMap<>();
    termSums.forEach((name, sum) -> means.put(name, sum / size));
    return new Objective(lossSum / size, means);
  }

  void clear() {
    lossSum = 0;
    termSums.clear();
  }
}
