package io.github.autoencoder4j.optimizer;

import java.util.Optional;

/**
 * Steps as long as earlier ones were; there is no learning rate.
 *
 * @param rho how much of the running means stays from step to step; in [0, 1]
 * @param epsilon what is added to both of them, so that they are not zero; at least 0
 */
public record AdaDelta(double rho, double epsilon) implements Optimizer {

  /**
   * Checks the settings.
   *
   * @param rho how much of the running means stays from step to step; in [0, 1]
   * @param epsilon what is added to both of them, so that they are not zero; at least 0
   * @throws IllegalArgumentException if one is out of range
   */
  public AdaDelta {
    Rates.requireShare("AdaDelta", "rho", rho);
    Rates.requireEpsilon("AdaDelta", epsilon);
  }

  /**
   * Changes how much of the running means stays.
   *
   * @param share in [0, 1]; 0.95 by default
   * @return a changed copy
   * @throws IllegalArgumentException if it lies outside
   */
  public AdaDelta rho(double share) {
    return new AdaDelta(share, epsilon);
  }

  /**
   * Changes what is added to the running means.
   *
   * @param value at least 0; 1e-6 by default
   * @return a changed copy
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public AdaDelta epsilon(double value) {
    return new AdaDelta(rho, value);
  }

  @Override
  public Optional<Schedule> schedule() {
    return Optional.empty();
  }

  @Override
  public String name() {
    return "AdaDelta";
  }
}
