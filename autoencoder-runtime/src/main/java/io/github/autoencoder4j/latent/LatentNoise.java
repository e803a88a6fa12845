package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * White Gaussian noise on the code, {@code z + sqrt(variance) N(0, 1)}, real and independent for
 * every value.
 *
 * <p>On codes of unit power, variance {@code v} is a signal-to-noise ratio of {@code 10 log10(1 /
 * v)} dB: 0.05, 0.10 and 0.15 are 13.01, 10.00 and 8.24 dB. Published figures differ in convention:
 * where the standard deviation is divided by sqrt(2), the same noise is labelled 3.01 dB lower.
 *
 * <pre>{@code
 * LatentNoise.variance(0.1); // the same noise said in three ways
 * LatentNoise.stddev(Math.sqrt(0.1));
 * LatentNoise.snrDb(10);
 * LatentNoise always = LatentNoise.variance(0.1).during(LatentNoise.Phase.BOTH);
 * }</pre>
 *
 * @param variance of every value; at least 0
 * @param phase when the noise is added
 */
public record LatentNoise(double variance, Phase phase) implements LatentStage {

  /** When noise is added. */
  public enum Phase {
    /** Only while training: reconstructions are clean. The default. */
    TRAINING,
    /** Only when reconstructing: training is clean. */
    INFERENCE,
    /** Always. */
    BOTH
  }

  /**
   * Checks the variance.
   *
   * @param variance of every value; at least 0
   * @param phase when the noise is added
   * @throws IllegalArgumentException if {@code variance} is negative or not finite
   */
  public LatentNoise {
    Objects.requireNonNull(phase, "phase");
    if (!(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the variance of latent noise must be finite and at least 0, but was "
              + variance
              + "; 0.1 is 10 dB below codes of unit power");
    }
  }

  /**
   * Noise of a variance.
   *
   * @param variance of every value; at least 0
   * @return noise while training
   * @throws IllegalArgumentException if {@code variance} is negative or not finite
   */
  public static LatentNoise variance(double variance) {
    return new LatentNoise(variance, Phase.TRAINING);
  }

  /**
   * Noise of a standard deviation.
   *
   * @param stddev of every value; 0 to 1e154
   * @return noise while training
   * @throws IllegalArgumentException if {@code stddev} lies outside
   */
  public static LatentNoise stddev(double stddev) {
    if (!(stddev >= 0 && stddev <= 1e154)) {
      throw new IllegalArgumentException(
          "the standard deviation of latent noise must lie in 0 to 1e154, but was " + stddev);
    }
    return variance(stddev * stddev);
  }

  /**
   * Noise of a signal-to-noise ratio, for codes of unit power.
   *
   * @param ratio in dB; finite, above -3,082
   * @return noise while training, of variance {@code 10^(-ratio / 10)}
   * @throws IllegalArgumentException if {@code ratio} is not finite or lower
   */
  public static LatentNoise snrDb(double ratio) {
    double variance = Math.pow(10, -ratio / 10);
    if (!Double.isFinite(ratio) || variance == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "the signal-to-noise ratio must be finite and above -3,082 dB, but was " + ratio);
    }
    return variance(variance);
  }

  /**
   * The same noise at another time.
   *
   * @param other when it is added
   * @return changed noise
   */
  public LatentNoise during(Phase other) {
    return new LatentNoise(variance, other);
  }

  /**
   * The standard deviation.
   *
   * @return the square root of the variance
   */
  public double stddev() {
    return Math.sqrt(variance);
  }

  /**
   * The signal-to-noise ratio for codes of unit power.
   *
   * @return {@code 10 log10(1 / variance)} in dB; infinity without noise
   */
  public double snrDb() {
    return -10 * Math.log10(variance);
  }

  /**
   * Adds noise to values in place.
   *
   * @param values what is disturbed
   * @param offset the first value
   * @param length how many values
   * @param random where chance comes from
   */
  public void addTo(double[] values, int offset, int length, RandomGenerator random) {
    double stddev = stddev();
    for (int i = offset; i < offset + length; i++) {
      values[i] += stddev * random.nextGaussian();
    }
  }

  @Override
  public boolean isNoisy() {
    return true;
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new NoiseKernel(this);
  }

  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "noise of variance %.4g (%.2f dB), %s",
        variance,
        snrDb(),
        phase.name().toLowerCase(Locale.ROOT));
  }
}
