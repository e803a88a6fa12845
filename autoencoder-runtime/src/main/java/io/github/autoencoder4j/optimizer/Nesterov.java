package io.github.autoencoder4j.optimizer;

import java.util.Objects;
import java.util.Optional;

/**
 * Gradient descent with Nesterov's momentum.
 *
 * @param learningRate how far a step goes
 * @param momentum how much of a step is repeated by the next; in [0, 1]
 */
public record Nesterov(Schedule learningRate, Schedule momentum) implements Optimizer {

  /**
   * Checks the settings.
   *
   * @param learningRate how far a step goes
   * @param momentum how much of a step is repeated by the next; in [0, 1] at the first step
   * @throws IllegalArgumentException if one is out of range
   */
  public Nesterov {
    Rates.requireUsable("Nesterov", learningRate);
    Rates.requireShare(
        "Nesterov", "momentum", Objects.requireNonNull(momentum, "momentum").at(0, 0));
  }

  /**
   * Changes the momentum.
   *
   * @param share in [0, 1]; 0.9 by default
   * @return a changed copy
   * @throws IllegalArgumentException if it lies outside
   */
  public Nesterov momentum(double share) {
    return momentum(new Schedule.Constant(share));
  }

  /**
   * Changes the momentum.
   *
   * @param shares in [0, 1]
   * @return a changed copy
   * @throws IllegalArgumentException if the first lies outside
   */
  public Nesterov momentum(Schedule shares) {
    return new Nesterov(learningRate, shares);
  }

  @Override
  public Optional<Schedule> schedule() {
    return Optional.of(learningRate);
  }

  @Override
  public String name() {
    return "Nesterov";
  }
}
