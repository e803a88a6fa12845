package io.github.autoencoder4j.corruption;

import io.github.autoencoder4j.data.ValueRange;
import java.util.random.RandomGenerator;

/**
 * Salt-and-pepper noise: each value becomes, with a probability, the smallest or the largest
 * possible one with equal chance: zero or one for pictures.
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
  public boolean fits(ValueRange range) {
    return range.isBounded();
  }

  @Override
  public void apply(
      float[] values, int offset, int length, ValueRange range, RandomGenerator random) {
    for (int i = offset; i < offset + length; i++) {
      double u = random.nextDouble();
      if (u < probability) {
        values[i] = (float) (u < probability / 2 ? range.least() : range.greatest());
      }
    }
  }
}
