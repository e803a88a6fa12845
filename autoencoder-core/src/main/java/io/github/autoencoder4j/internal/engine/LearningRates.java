package io.github.autoencoder4j.internal.engine;

import org.nd4j.linalg.learning.config.IUpdater;

/** Refuses learning rates that teach nothing, or the opposite. ND4J takes any number. */
public final class LearningRates {

  /** Longer runs are looked at up to here: their schedules have long come to rest. */
  private static final int MOST_STEPS = 1_000_000;

  private LearningRates() {}

  /**
   * Checks the rate that an optimiser starts with.
   *
   * @param optimizer any; one without a rate is fine
   * @throws IllegalArgumentException if the rate is negative, not finite, or zero in the first
   *     steps and for ever after
   */
  public static void requireUsable(IUpdater optimizer) {
    if (!optimizer.hasLearningRate()) {
      return;
    }
    boolean rises = false;
    for (int step = 0; step <= MOST_STEPS; step = step < 2 ? step + 1 : 2 * step) {
      double rate = optimizer.getLearningRate(step, step);
      if (step < 2) {
        requireNotNegative(optimizer, rate, "");
      }
      rises |= rate > 0;
    }
    if (!rises) {
      throw refused(optimizer, 0, "");
    }
  }

  /**
   * Checks every rate that a run will have: schedules may leave the range for which they were made.
   *
   * @param optimizer any; one without a rate is fine
   * @param epochs how many
   * @param stepsPerEpoch how many steps each has
   * @param firstStep how many steps were made before
   * @param firstEpoch how many epochs were finished before
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  public static void requireUsable(
      IUpdater optimizer, int epochs, int stepsPerEpoch, int firstStep, int firstEpoch) {
    if (!optimizer.hasLearningRate()) {
      return;
    }
    int steps = (int) Math.min(MOST_STEPS, (long) epochs * stepsPerEpoch);
    for (int i = 0; i < steps; i++) {
      int epoch = i / stepsPerEpoch;
      double rate = optimizer.getLearningRate(firstStep + i, firstEpoch + epoch);
      requireNotNegative(
          optimizer, rate, i == 0 ? "" : " in step " + (i + 1) + ", epoch " + (epoch + 1));
    }
  }

  private static void requireNotNegative(IUpdater optimizer, double rate, String when) {
    // Written so that NaN fails too.
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw refused(optimizer, rate, when);
    }
  }

  private static IllegalArgumentException refused(IUpdater optimizer, double rate, String when) {
    return new IllegalArgumentException(
        "the learning rate of %s is %s%s, but must be above 0 and finite; 1e-3 is usual"
            .formatted(optimizer.getClass().getSimpleName(), rate, when));
  }
}
