package io.github.autoencoder4j.latent;

import java.util.PriorityQueue;

/** Finds the largest of many numbers. */
final class Largest {

  private Largest() {}

  /**
   * Marks the largest numbers; of equal ones the first. What is not a number is always marked, so
   * that a network that diverged shows it.
   *
   * @param k how many; 1 to their number
   * @return true for each that is among them
   */
  static boolean[] of(double[] values, int k) {
    // Once it is full few numbers get in, so that this takes about one comparison for each.
    PriorityQueue<Double> best = new PriorityQueue<>(k + 1);
    double least = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (best.size() < k || value > least) {
        best.add(value);
        if (best.size() > k) {
          best.remove();
        }
        least = best.element();
      }
    }
    boolean[] marks = new boolean[values.length];
    int left = k;
    for (int i = 0; i < values.length; i++) {
      marks[i] = !(values[i] <= least);
      left -= marks[i] ? 1 : 0;
    }
    for (int i = 0; i < values.length && left > 0; i++) {
      if (values[i] == least) {
        marks[i] = true;
        left--;
      }
    }
    return marks;
  }
}
