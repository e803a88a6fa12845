package io.github.autoencoder4j.optimizer;

import java.util.Optional;

/**
 * Stochastic gradient descent.
 *
 * @param learningRate how far a step goes
 */
public record Sgd(Schedule learningRate) implements Optimizer {

  /**
   * Checks the learning rate.
   *
   * @param learningRate how far a step goes
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Sgd {
    Rates.requireUsable("Sgd", learningRate);
  }

  @Override
  public Optional<Schedule> schedule() {
    return Optional.of(learningRate);
  }

  @Override
  public String name() {
    return "Sgd";
  }
}
