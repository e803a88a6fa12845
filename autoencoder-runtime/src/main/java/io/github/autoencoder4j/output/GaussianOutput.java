package io.github.autoencoder4j.output;

import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.output.OutputKernel.Link;
import java.util.Locale;

/**
 * Real numbers with Gaussian noise of one known variance {@code v}: {@code y = z} and {@code ((y -
 * t)^2 / v + ln(2 pi v)) / 2} in nats, whose derivative is {@code (y - t) / v}.
 *
 * @param variance of every value given its code; above 0
 */
public record GaussianOutput(double variance) implements Output {

  /**
   * Checks the variance.
   *
   * @param variance of every value given its code; above 0
   * @throws IllegalArgumentException if it is not a finite number above 0
   */
  public GaussianOutput {
    if (!(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the variance of a Gaussian output must be a finite number above 0, but was "
              + variance
              + "; 1 is usual for standardised data");
    }
  }

  @Override
  public ValueRange range() {
    return ValueRange.REALS;
  }

  @Override
  public OutputKernel kernel() {
    return new Kernel(variance);
  }

  @Override
  public String describe() {
    return String.format(Locale.ROOT, "Gaussian of variance %.4g", variance);
  }

  private static final class Kernel extends PointwiseKernel {

    private final double variance;
    private final double constant;

    Kernel(double variance) {
      this.variance = variance;
      this.constant = Math.log(2 * Math.PI * variance) / 2;
    }

    @Override
    public Link link() {
      return Link.IDENTITY;
    }

    @Override
    boolean needsFed() {
      return false;
    }

    @Override
    public double lossAndGradient(double[] fed, double[] targets, double[] gradient, int n) {
      double sum = 0;
      for (int i = 0; i < fed.length; i++) {
        double difference = fed[i] - targets[i];
        sum += difference * difference / (2 * variance) + constant;
        gradient[i] = difference / variance;
      }
      return sum;
    }

    @Override
    double chunk(float[] z, float[] t, float[] y, int n, long whole) {
      double sum = 0;
      float scale = (float) (1 / (variance * whole));
      for (int i = 0; i < n; i++) {
        float difference = y[i] - t[i];
        sum += (double) difference * difference;
        y[i] = scale * difference;
      }
      return sum / (2 * variance) + n * constant;
    }
  }
}
