package io.github.autoencoder4j.corruption;

import io.github.autoencoder4j.data.ValueRange;
import java.util.random.RandomGenerator;

/**
 * Masking noise: each value becomes zero with a probability.
 *
 * @param probability in [0, 1]
 */
public record MaskingCorruption(double probability) implements Corruption {

  /**
   * Checks the probability.
   *
   * @param probability in [0, 1]
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  public MaskingCorruption {
    requireProbability(probability);
  }

  static void requireProbability(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "the probability to corrupt a value must lie in [0, 1], but was " + probability);
    }
  }

  @Override
  public void apply(
      float[] values, int offset, int length, ValueRange range, RandomGenerator random) {
    for (int i = offset; i < offset + length; i++) {
      if (random.nextDouble() < probability) {
        values[i] = 0f;
      }
    }
  }
}
