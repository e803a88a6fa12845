package io.github.autoencoder4j.metric;

import java.util.Arrays;

/**
 * How likely samples are under a model, by importance sampling (Burda, Grosse and Salakhutdinov,
 * "Importance weighted autoencoders", ICLR 2016):
 *
 * <pre>{@code ln p(x) >= ln 1/k sum_i p(x | z_i) p(z_i) / q(z_i | x),   z_i ~ q(z | x)}</pre>
 *
 * <p>A lower bound in the mean, which rises with {@code k} and is the evidence lower bound for one
 * draw.
 */
public final class LogLikelihood {

  private final double[] nats;
  private final int draws;

  /**
   * Holds what was measured.
   *
   * @param nats the estimate for each sample, at least one; not copied
   * @param draws the number {@code k} of codes drawn for each sample
   * @throws IllegalArgumentException if there is no sample
   */
  public LogLikelihood(double[] nats, int draws) {
    if (nats.length == 0) {
      throw new IllegalArgumentException("there must be at least one sample");
    }
    this.nats = nats;
    this.draws = draws;
  }

  /**
   * Gives the estimate for each sample.
   *
   * @return in nats, in the order of the samples, the memory itself; densities may be above 1, so
   *     those of real numbers may be positive
   */
  public double[] nats() {
    return nats;
  }

  /**
   * Counts the codes drawn for each sample.
   *
   * @return at least 1
   */
  public int draws() {
    return draws;
  }

  /**
   * Averages over the samples.
   *
   * @return in nats a sample
   */
  public double mean() {
    return Arrays.stream(nats).average().orElseThrow();
  }

  /**
   * Gives the mean as bits per dimension, which compare across sizes of samples. It is what a value
   * would take to be stored where the output is a probability, as {@link
   * io.github.autoencoder4j.output.Output#discretizedLogistic()} is; where it is a density, only
   * the difference of two models of the same data means something.
   *
   * @param values how many values a sample has, at least 1
   * @return {@code -mean / (values ln 2)}
   * @throws IllegalArgumentException if {@code values} is below 1
   */
  public double bitsPerDimension(int values) {
    if (values < 1) {
      throw new IllegalArgumentException("a sample has at least one value, but was " + values);
    }
    return -mean() / values / Math.log(2);
  }

  /**
   * Measures how far the mean may be off since there are only so many samples: their standard
   * deviation over the square root of their number.
   *
   * @return in nats; 0 for one sample
   */
  public double standardError() {
    double mean = mean();
    int n = nats.length;
    double squares = Arrays.stream(nats).map(value -> (value - mean) * (value - mean)).sum();
    return n == 1 ? 0 : Math.sqrt(squares / (n - 1) / n);
  }
}
