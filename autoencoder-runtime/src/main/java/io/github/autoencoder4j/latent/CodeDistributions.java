package io.github.autoencoder4j.latent;

import java.util.Arrays;

/**
 * The normal distributions that a {@link Variational} stage draws the codes of some samples from:
 * one with a mean and a variance for each number of each code.
 *
 * <pre>{@code
 * CodeDistributions codes = autoencoder.encodeDistribution(test);
 * System.out.printf("%d of %d numbers are in use%n", codes.activeUnits(), codes.size());
 * double[] nats = codes.divergences(); // what each number costs, the mean over the samples
 * }</pre>
 */
public final class CodeDistributions {

  /** A number that follows the samples by less than this is not in use (Burda et al., 2016). */
  private static final double ACTIVE_VARIANCE = 0.01;

  private final float[][] means;
  private final float[][] variances;

  /**
   * Holds distributions.
   *
   * @param means {@code [n][size]}; not copied
   * @param variances {@code [n][size]}; not copied
   * @throws IllegalArgumentException if there is none, or not as many means as variances
   */
  public CodeDistributions(float[][] means, float[][] variances) {
    if (means.length == 0 || means.length != variances.length) {
      throw new IllegalArgumentException(
          "there must be as many means as variances and at least one, but there are %s and %s"
              .formatted(means.length, variances.length));
    }
    this.means = means;
    this.variances = variances;
  }

  /**
   * Gives the means, which are the codes.
   *
   * @return {@code [n][size]}, the memory itself
   */
  public float[][] means() {
    return means;
  }

  /**
   * Gives the variances.
   *
   * @return {@code [n][size]}, each above 0, the memory itself
   */
  public float[][] variances() {
    return variances;
  }

  /**
   * Counts the numbers of a code.
   *
   * @return at least 1
   */
  public int size() {
    return means[0].length;
  }

  /**
   * Measures what each number of the code costs: its Kullback-Leibler divergence from the standard
   * normal distribution, {@code (mu^2 + s^2 - 1 - ln s^2) / 2}.
   *
   * @return {@code [size]} in nats, means over the samples; about 0 for numbers that are not in use
   */
  public double[] divergences() {
    double[] nats = new double[size()];
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < nats.length; j++) {
        double mean = means[i][j];
        double variance = variances[i][j];
        nats[j] += (mean * mean + variance - 1 - Math.log(variance)) / 2 / means.length;
      }
    }
    return nats;
  }

  /**
   * Measures how far the mean of each number follows the samples.
   *
   * @return {@code [size]}, the variances of the means over the samples
   */
  public double[] variancesOfMeans() {
    double[] sums = new double[size()];
    double[] squares = new double[size()];
    float[] origin = means[0];
    for (float[] mean : means) {
      for (int j = 0; j < sums.length; j++) {
        double value = (double) mean[j] - origin[j];
        sums[j] += value;
        squares[j] += value * value;
      }
    }
    int n = means.length;
    Arrays.setAll(squares, j -> Math.max(0, squares[j] - sums[j] * sums[j] / n) / n);
    return squares;
  }

  /**
   * Counts the numbers that are in use: those whose mean has a variance above 0.01 over the samples
   * (Burda, Grosse and Salakhutdinov, "Importance weighted autoencoders", ICLR 2016).
   *
   * @return from 0, where all have collapsed to the standard normal distribution, to {@link #size}
   */
  public int activeUnits() {
    return (int)
        Arrays.stream(variancesOfMeans()).filter(variance -> variance > ACTIVE_VARIANCE).count();
  }
}
