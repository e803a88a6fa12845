package io.github.autoencoder4j.optimizer;

import java.util.Objects;
import java.util.Optional;

/**
 * Adam and its relatives, which keep running means of gradients and of their squares.
 *
 * @param variant which of them
 * @param learningRate how far a step goes
 * @param beta1 how much of the mean of gradients stays from step to step; in [0, 1]
 * @param beta2 how much of the mean of their squares stays; in [0, 1]
 * @param epsilon what is added to the size of gradients, so that it is not zero; at least 0
 */
public record Adam(
    Variant variant, Schedule learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {

  /** The relatives. */
  public enum Variant {
    /** Adam itself. */
    ADAM("Adam"),
    /** Its second moment never falls. */
    AMS_GRAD("AMSGrad"),
    /** With Nesterov's momentum. */
    NADAM("Nadam"),
    /** With the largest gradient in place of the second moment. */
    ADA_MAX("AdaMax");

    private final String published;

    Variant(String published) {
      this.published = published;
    }
  }

  /**
   * Checks the settings.
   *
   * @param variant which of them
   * @param learningRate how far a step goes
   * @param beta1 how much of the mean of gradients stays from step to step; in [0, 1]
   * @param beta2 how much of the mean of their squares stays; in [0, 1]
   * @param epsilon what is added to the size of gradients, so that it is not zero; at least 0
   * @throws IllegalArgumentException if one is out of range
   */
  public Adam {
    String name = Objects.requireNonNull(variant, "variant").published;
    Rates.requireUsable(name, learningRate);
    Rates.requireShare(name, "beta1", beta1);
    Rates.requireShare(name, "beta2", beta2);
    Rates.requireEpsilon(name, epsilon);
  }

  /**
   * Changes how much of the mean of gradients stays.
   *
   * @param share in [0, 1]; 0.9 by default
   * @return a changed copy
   * @throws IllegalArgumentException if it lies outside
   */
  public Adam beta1(double share) {
    return new Adam(variant, learningRate, share, beta2, epsilon);
  }

  /**
   * Changes how much of the mean of squared gradients stays.
   *
   * @param share in [0, 1]; 0.999 by default
   * @return a changed copy
   * @throws IllegalArgumentException if it lies outside
   */
  public Adam beta2(double share) {
    return new Adam(variant, learningRate, beta1, share, epsilon);
  }

  /**
   * Changes what is added to the size of gradients.
   *
   * @param value at least 0; 1e-8 by default
   * @return a changed copy
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adam epsilon(double value) {
    return new Adam(variant, learningRate, beta1, beta2, value);
  }

  @Override
  public Optional<Schedule> schedule() {
    return Optional.of(learningRate);
  }

  @Override
  public String name() {
    return variant.published;
  }
}
