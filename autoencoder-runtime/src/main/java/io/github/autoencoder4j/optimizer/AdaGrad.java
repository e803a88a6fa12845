package io.github.autoencoder4j.optimizer;

import java.util.Optional;

/**
 * Gradients over the size of all before.
 *
 * @param learningRate how far a step goes
 * @param epsilon what is added to the size of gradients, so that it is not zero; at least 0
 */
public record AdaGrad(Schedule learningRate, double epsilon) implements Optimizer {

  /**
   * Checks the settings.
   *
   * @param learningRate how far a step goes
   * @param epsilon what is added to the size of gradients, so that it is not zero; at least 0
   * @throws IllegalArgumentException if one is out of range
   */
  public AdaGrad {
    Rates.requireUsable("AdaGrad", learningRate);
    Rates.requireEpsilon("AdaGrad", epsilon);
  }

  /**
   * Changes what is added to the size of gradients.
   *
   * @param value at least 0; 1e-6 by default
   * @return a changed copy
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public AdaGrad epsilon(double value) {
    return new AdaGrad(learningRate, value);
  }

  @Override
  public Optional<Schedule> schedule() {
    return Optional.of(learningRate);
  }

  @Override
  public String name() {
    return "AdaGrad";
  }
}
