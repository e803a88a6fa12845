package io.github.autoencoder4j.optimizer;

import java.util.Optional;

/**
 * Gradients over a running mean of their size.
 *
 * @param learningRate how far a step goes
 * @param decay how much of the mean stays from step to step; in [0, 1]
 * @param epsilon what is added to the size of gradients, so that it is not zero; at least 0
 */
public record RmsProp(Schedule learningRate, double decay, double epsilon) implements Optimizer {

  /**
   * Checks the settings.
   *
   * @param learningRate how far a step goes
   * @param decay how much of the mean stays from step to step; in [0, 1]
   * @param epsilon what is added to the size of gradients, so that it is not zero; at least 0
   * @throws IllegalArgumentException if one is out of range
   */
  public RmsProp {
    Rates.requireUsable("RmsProp", learningRate);
    Rates.requireShare("RmsProp", "decay", decay);
    Rates.requireEpsilon("RmsProp", epsilon);
  }

  /**
   * Changes how much of the mean stays.
   *
   * @param share in [0, 1]; 0.95 by default
   * @return a changed copy
   * @throws IllegalArgumentException if it lies outside
   */
  public RmsProp decay(double share) {
    return new RmsProp(learningRate, share, epsilon);
  }

  /**
   * Changes what is added to the size of gradients.
   *
   * @param value at least 0; 1e-8 by default
   * @return a changed copy
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RmsProp epsilon(double value) {
    return new RmsProp(learningRate, decay, value);
  }

  @Override
  public Optional<Schedule> schedule() {
    return Optional.of(learningRate);
  }

  @Override
  public String name() {
    return "RmsProp";
  }
}
