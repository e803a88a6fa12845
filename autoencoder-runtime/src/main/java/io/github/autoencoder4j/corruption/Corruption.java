package io.github.autoencoder4j.corruption;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import java.util.random.RandomGenerator;

/**
 * Noise on the input of a denoising autoencoder: it sees the corrupted sample and is asked for the
 * clean one (Vincent et al., ICML 2008). Training draws fresh noise for every sample in every
 * epoch.
 *
 * <pre>{@code
 * Autoencoder denoiser =
 *     Autoencoder.dense().bottleneck(32).corruption(Corruption.gaussian(0.4)).build();
 * ImageSource noisyTest = Corruption.gaussian(0.4).applyTo(test, 1); // the same at every read
 * }</pre>
 */
public sealed interface Corruption permits GaussianCorruption, MaskingCorruption, SaltAndPepper {

  /**
   * Corrupts one sample in place.
   *
   * @param values the array that holds the sample
   * @param offset where the sample starts
   * @param length how many values it has
   * @param range the values that samples may have, and corrupted ones too
   * @param random where chance comes from
   */
  void apply(float[] values, int offset, int length, ValueRange range, RandomGenerator random);

  /**
   * Says whether it can corrupt samples of a range.
   *
   * @param range the values that samples may have
   * @return false if it needs a smallest and a largest value and there are none
   */
  default boolean fits(ValueRange range) {
    return true;
  }

  /**
   * A corrupted view of a data set. Each sample has its own noise, the same at every read, so that
   * figures can be compared.
   *
   * @param clean the data set
   * @param seed chooses the noise
   * @return a source of the same size and shape
   */
  default ImageSource applyTo(ImageSource clean, long seed) {
    return applyTo(clean, ValueRange.UNIT, seed);
  }

  /**
   * A corrupted view of a data set of any range. Each sample has its own noise, the same at every
   * read.
   *
   * @param clean the data set
   * @param range the values that samples may have
   * @param seed chooses the noise
   * @return a source of the same size and shape
   */
  default ImageSource applyTo(ImageSource clean, ValueRange range, long seed) {
    return new CorruptedImages(clean, this, range, seed);
  }

  /**
   * {@code x + stddev * N(0, 1)}, clipped to the range of the data.
   *
   * @param stddev the standard deviation ("noise factor"); at least 0
   * @return the corruption
   * @throws IllegalArgumentException if {@code stddev} is negative or not finite
   */
  static Corruption gaussian(double stddev) {
    return new GaussianCorruption(stddev);
  }

  /**
   * Sets each value to zero with a probability.
   *
   * @param probability in [0, 1]
   * @return the corruption
   * @throws IllegalArgumentException if {@code probability} is not in [0, 1]
   */
  static Corruption masking(double probability) {
    return new MaskingCorruption(probability);
  }

  /**
   * Sets each value, with a probability, to zero or one with equal chance.
   *
   * @param probability in [0, 1]
   * @return the corruption
   * @throws IllegalArgumentException if {@code probability} is not in [0, 1]
   */
  static Corruption saltAndPepper(double probability) {
    return new SaltAndPepper(probability);
  }
}
