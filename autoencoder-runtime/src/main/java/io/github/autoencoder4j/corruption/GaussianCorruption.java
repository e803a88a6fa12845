package io.github.autoencoder4j.corruption;

import io.github.autoencoder4j.data.ValueRange;
import java.util.random.RandomGenerator;

/**
 * Additive white Gaussian noise, clipped to the range of the data, for pictures {@code clip(x +
 * stddev * N(0, 1), 0, 1)}.
 *
 * @param stddev the standard deviation; at least 0
 */
public record GaussianCorruption(double stddev) implements Corruption {

  /**
   * Checks the standard deviation.
   *
   * @param stddev the standard deviation; at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public GaussianCorruption {
    if (!(stddev >= 0 && stddev < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the standard deviation of the noise must be finite and at least 0, but was "
              + stddev
              + "; the lab uses 0.4");
    }
  }

  @Override
  public void apply(
      float[] values, int offset, int length, ValueRange range, RandomGenerator random) {
    for (int i = offset; i < offset + length; i++) {
      values[i] = range.clip((float) (values[i] + stddev * random.nextGaussian()));
    }
  }
}
