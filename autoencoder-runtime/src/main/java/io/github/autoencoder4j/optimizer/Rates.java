package io.github.autoencoder4j.optimizer;

import java.util.Objects;

/** Refuses learning rates that teach nothing, or the opposite, and other settings out of range. */
final class Rates {

  /** Longer runs are looked at up to here: their schedules have long come to rest. */
  private static final int MOST_STEPS = 1_000_000;

  private Rates() {}

  /** Refuses a rate that is negative or not finite at the start, or zero for ever. */
  static void requireUsable(String optimizer, Schedule rate) {
    Objects.requireNonNull(rate, "learningRate");
    boolean rises = false;
    for (int step = 0; step <= MOST_STEPS; step = step < 2 ? step + 1 : 2 * step) {
      double value = rate.at(step, step);
      if (step < 2) {
        requireNotNegative(optimizer, value, "");
      }
      rises |= value > 0;
    }
    if (!rises) {
      throw refused(optimizer, 0, "");
    }
  }

  static void requireUsable(
      String optimizer,
      Schedule rate,
      int epochs,
      int stepsPerEpoch,
      int firstStep,
      int firstEpoch) {
    int steps = (int) Math.min(MOST_STEPS, (long) epochs * stepsPerEpoch);
    for (int i = 0; i < steps; i++) {
      int epoch = i / stepsPerEpoch;
      requireNotNegative(
          optimizer,
          rate.at(firstStep + i, firstEpoch + epoch),
          i == 0 ? "" : " in step " + (i + 1) + ", epoch " + (epoch + 1));
    }
  }

  private static void requireNotNegative(String optimizer, double rate, String when) {
    // Written so that NaN fails too.
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw refused(optimizer, rate, when);
    }
  }

  private static IllegalArgumentException refused(String optimizer, double rate, String when) {
    return new IllegalArgumentException(
        "the learning rate of %s is %s%s, but must be above 0 and finite; 1e-3 is usual"
            .formatted(optimizer, rate, when));
  }

  /** Refuses a share of what was before that would let it grow. */
  static void requireShare(String optimizer, String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s of %s must lie in 0 to 1, but was %s; 0.9 is usual"
              .formatted(name, optimizer, value));
    }
  }

  static void requireEpsilon(String optimizer, double epsilon) {
    if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "epsilon of %s must be finite and at least 0, but was %s; 1e-8 is usual"
              .formatted(optimizer, epsilon));
    }
  }

  static void requireFinite(String schedule, Schedule.Unit unit, double... numbers) {
    Objects.requireNonNull(unit, "unit");
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "the numbers of a %s schedule must be finite, but one was %s"
                .formatted(schedule, number));
      }
    }
  }
}
