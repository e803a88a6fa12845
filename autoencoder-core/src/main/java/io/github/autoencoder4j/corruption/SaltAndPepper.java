package io.github.autoencoder4j.corruption;

import java.util.random.RandomGenerator;

/**
 * Salt-and-pepper noise: each value becomes, with a probability, zero or one with equal chance.
 *
 * @param probability in [0, 1]
 */
public record SaltAndPepper(double probability) implements Corruption {

  /**
   * Checks the probability.
   *
   * @param probability in [0, 1]
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  public SaltAndPepper {
    MaskingCorruption.requireProbability(probability);
  }

  @Override
  public void apply(float[] values, int offset, int length, RandomGenerator random) {
    for (int i = offset; i < offset + length; i++) {
      double u = random.nextDouble();
      if (u < probability) {
        values[i] = u < probability / 2 ? 0f : 1f;
      }
    }
  }
}
