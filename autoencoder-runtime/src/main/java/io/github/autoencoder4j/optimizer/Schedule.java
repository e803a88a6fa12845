package io.github.autoencoder4j.optimizer;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a learning rate, or a momentum, changes as training continues. {@code Training} can shape it
 * further, by warm-up and cosine decay.
 *
 * <pre>{@code
 * Schedule halved = new Schedule.Step(Schedule.Unit.EPOCH, 1e-2, 0.5, 10);
 * Autoencoder.dense().optimizer(Optimizer.adam(halved));
 * }</pre>
 *
 * <p>Formulas call the number of steps or epochs before this one {@code t}.
 */
public sealed interface Schedule {

  /** What a schedule counts. */
  enum Unit {
    /** Steps of the optimiser, one for each batch. */
    STEP,
    /** Passes over the data. */
    EPOCH;

    private int of(int step, int epoch) {
      return this == STEP ? step : epoch;
    }
  }

  /** A value for each step. */
  @FunctionalInterface
  interface Function {

    /**
     * Gives the value.
     *
     * @param step how many steps were made before
     * @param epoch how many epochs were finished before
     * @return the learning rate or momentum
     */
    double at(int step, int epoch);
  }

  /**
   * Gives the value of one step.
   *
   * @param step how many steps were made before
   * @param epoch how many epochs were finished before
   * @return the learning rate or momentum
   */
  double at(int step, int epoch);

  /**
   * Stays the same.
   *
   * @param value of all steps
   */
  record Constant(double value) implements Schedule {

    @Override
    public double at(int step, int epoch) {
      return value;
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /**
   * Falls at every so many: {@code initial * decayRate^floor(t / step)}.
   *
   * @param unit what is counted
   * @param initial the first value
   * @param decayRate what it is multiplied by
   * @param step after how many
   */
  record Step(Unit unit, double initial, double decayRate, double step) implements Schedule {

    /**
     * Checks the numbers.
     *
     * @param unit what is counted
     * @param initial the first value
     * @param decayRate what it is multiplied by
     * @param step after how many
     * @throws IllegalArgumentException if one is not finite
     */
    public Step {
      Rates.requireFinite("step", unit, initial, decayRate, step);
    }

    @Override
    public double at(int count, int epoch) {
      return initial * Math.pow(decayRate, Math.floor(unit.of(count, epoch) / step));
    }
  }

  /**
   * Falls by the same factor each time: {@code initial * gamma^t}.
   *
   * @param unit what is counted
   * @param initial the first value
   * @param gamma the factor
   */
  record Exponential(Unit unit, double initial, double gamma) implements Schedule {

    /**
     * Checks the numbers.
     *
     * @param unit what is counted
     * @param initial the first value
     * @param gamma the factor
     * @throws IllegalArgumentException if one is not finite
     */
    public Exponential {
      Rates.requireFinite("exponential", unit, initial, gamma);
    }

    @Override
    public double at(int step, int epoch) {
      return initial * Math.pow(gamma, unit.of(step, epoch));
    }
  }

  /**
   * Falls fast, then slowly: {@code initial / (1 + gamma t)^power}.
   *
   * @param unit what is counted
   * @param initial the first value
   * @param gamma how fast it falls
   * @param power how steeply
   */
  record Inverse(Unit unit, double initial, double gamma, double power) implements Schedule {

    /**
     * Checks the numbers.
     *
     * @param unit what is counted
     * @param initial the first value
     * @param gamma how fast it falls
     * @param power how steeply
     * @throws IllegalArgumentException if one is not finite
     */
    public Inverse {
      Rates.requireFinite("inverse", unit, initial, gamma, power);
    }

    @Override
    public double at(int step, int epoch) {
      return initial / Math.pow(1 + gamma * unit.of(step, epoch), power);
    }
  }

  /**
   * Follows a power, as ND4J's {@code PolySchedule} does: {@code initial * (1 + t / steps)^power}
   * before {@code steps}, then 0. So it rises if {@code power} is positive.
   *
   * @param unit what is counted
   * @param initial the first value
   * @param power the exponent
   * @param steps when it ends
   */
  record Polynomial(Unit unit, double initial, double power, int steps) implements Schedule {

    /**
     * Checks the numbers.
     *
     * @param unit what is counted
     * @param initial the first value
     * @param power the exponent
     * @param steps when it ends
     * @throws IllegalArgumentException if one is not finite
     */
    public Polynomial {
      Rates.requireFinite("polynomial", unit, initial, power);
    }

    @Override
    public double at(int step, int epoch) {
      int t = unit.of(step, epoch);
      return t >= steps ? 0 : initial * Math.pow(1 + t / (double) steps, power);
    }
  }

  /**
   * Rises from nearly 0: {@code initial / (1 + exp(-gamma (t - steps)))}; falls if {@code gamma} is
   * negative.
   *
   * @param unit what is counted
   * @param initial the value that it comes near to
   * @param gamma how steeply
   * @param steps when it is at half of that
   */
  record Sigmoid(Unit unit, double initial, double gamma, int steps) implements Schedule {

    /**
     * Checks the numbers.
     *
     * @param unit what is counted
     * @param initial the value that it comes near to
     * @param gamma how steeply
     * @param steps when it is at half of that
     * @throws IllegalArgumentException if one is not finite
     */
    public Sigmoid {
      Rates.requireFinite("sigmoid", unit, initial, gamma);
    }

    @Override
    public double at(int step, int epoch) {
      return initial / (1 + Math.exp(-gamma * (unit.of(step, epoch) - steps)));
    }
  }

  /**
   * Rises and falls again and again (Smith, 2018): in each cycle up in a straight line, down in
   * another, and then, for the last {@code annealing}, on by a factor each time.
   *
   * @param unit what is counted
   * @param initial the value at both ends of the lines
   * @param greatest the value between them
   * @param length of a cycle; at least 1
   * @param annealing how much of it follows the lines; at least 0
   * @param annealingDecay the factor
   */
  record Cycle(
      Unit unit, double initial, double greatest, int length, int annealing, double annealingDecay)
      implements Schedule {

    /**
     * Checks the numbers.
     *
     * @param unit what is counted
     * @param initial the value at both ends of the lines
     * @param greatest the value between them
     * @param length of a cycle; at least 1
     * @param annealing how much of it follows the lines; at least 0
     * @param annealingDecay the factor
     * @throws IllegalArgumentException if one is not finite or out of range
     */
    public Cycle {
      Rates.requireFinite("cycle", unit, initial, greatest, annealingDecay);
      if (length < 1 || annealing < 0) {
        throw new IllegalArgumentException(
            "a cycle must be at least 1 long and its annealing at least 0, but they were %s and %s"
                .formatted(length, annealing));
      }
    }

    @Override
    public double at(int step, int epoch) {
      int position = unit.of(step, epoch) % length;
      int half = (length - annealing) / 2;
      double increment = (greatest - initial) / half;
      if (position < half) {
        return initial + increment * position;
      }
      return position < 2 * half
          ? greatest - increment * (position - half)
          : initial * Math.pow(annealingDecay, annealing - (length - position));
    }
  }

  /**
   * Changes where it is told to.
   *
   * @param unit what is counted
   * @param values the values by where they begin; one begins at 0; copied
   */
  record Points(Unit unit, Map<Integer, Double> values) implements Schedule {

    /**
     * Checks the values and copies them.
     *
     * @param unit what is counted
     * @param values the values by where they begin; one begins at 0
     * @throws IllegalArgumentException if none begins at 0, one begins before, or a value is not
     *     finite
     */
    public Points {
      SortedMap<Integer, Double> sorted = new TreeMap<>(values);
      values = Collections.unmodifiableSortedMap(sorted);
      Rates.requireFinite(
          "map", unit, sorted.values().stream().mapToDouble(Double::doubleValue).toArray());
      if (sorted.isEmpty() || sorted.firstKey() != 0) {
        throw new IllegalArgumentException(
            "the first point of a schedule must begin at 0, but they begin at " + values.keySet());
      }
    }

    @Override
    public double at(int step, int epoch) {
      int t = unit.of(step, epoch);
      double value = Double.NaN;
      for (Map.Entry<Integer, Double> point : values.entrySet()) {
        if (point.getKey() > t) {
          break;
        }
        value = point.getValue();
      }
      return value;
    }
  }

  /**
   * Follows a function of the program's own. It cannot be represented in a model file, which may
   * name no class: the model can be loaded and used, and not be trained on.
   *
   * @param description in words
   * @param function gives the values
   */
  record Custom(String description, Function function) implements Schedule {

    /**
     * Requires both.
     *
     * @param description in words
     * @param function gives the values
     */
    public Custom {
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(function, "function");
    }

    @Override
    public double at(int step, int epoch) {
      return function.at(step, epoch);
    }

    @Override
    public String toString() {
      return description;
    }
  }
}
