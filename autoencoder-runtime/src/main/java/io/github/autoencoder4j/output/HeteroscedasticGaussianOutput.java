package io.github.autoencoder4j.output;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ValueRange;
import java.util.Locale;

/**
 * Real numbers with Gaussian noise whose variance the decoder tells for every value: it yields a
 * mean {@code y} and a number {@code r} for each, and {@code v = least + exp(r)}. The loss {@code
 * ((y - t)^2 / v + ln(2 pi v)) / 2} in nats has the derivatives {@code (y - t) / v} and {@code (1 -
 * (y - t)^2 / v) exp(r) / (2 v)} (Nix and Weigend, "Estimating the mean and variance of the target
 * probability distribution", ICNN 1994).
 *
 * @param leastVariance what every variance is above, or a value that never changes would be worth
 *     infinitely much; above 0
 */
public record HeteroscedasticGaussianOutput(double leastVariance) implements Output {

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /**
   * Checks the least variance.
   *
   * @param leastVariance what every variance is above; above 0
   * @throws IllegalArgumentException if it is not a finite number above 0
   */
  public HeteroscedasticGaussianOutput {
    if (!(leastVariance > 0 && leastVariance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the least variance of a Gaussian output must be a finite number above 0, but was "
              + leastVariance
              + "; 0.001 is usual for standardised data");
    }
  }

  @Override
  public ValueRange range() {
    return ValueRange.REALS;
  }

  /** As many channels of means, then as many that tell variances. */
  @Override
  public ImageShape fedBy(ImageShape sample) {
    return sample.times(2);
  }

  @Override
  public OutputKernel kernel() {
    return new Kernel(leastVariance);
  }

  @Override
  public String describe() {
    return String.format(Locale.ROOT, "Gaussian of learnt variances above %.4g", leastVariance);
  }

  private record Kernel(double least) implements OutputKernel {

    @Override
    public Link link() {
      return Link.IDENTITY;
    }

    @Override
    public double lossAndGradient(double[] fed, double[] targets, double[] gradient, int n) {
      int size = targets.length / n;
      double sum = 0;
      for (int i = 0; i < n; i++) {
        int mean = 2 * i * size;
        int spread = mean + size;
        for (int j = 0; j < size; j++) {
          double free = Math.exp(fed[spread + j]);
          double variance = least + free;
          double difference = fed[mean + j] - targets[i * size + j];
          double square = difference * difference / variance;
          sum += (square + LOG_TWO_PI + Math.log(variance)) / 2;
          gradient[mean + j] = difference / variance;
          gradient[spread + j] = (1 - square) * free / (2 * variance);
        }
      }
      return sum;
    }
  }
}
