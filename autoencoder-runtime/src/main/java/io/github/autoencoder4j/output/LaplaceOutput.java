package io.github.autoencoder4j.output;

import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.output.OutputKernel.Link;
import java.util.Locale;

/**
 * Real numbers with Laplace noise of one known scale {@code b}: {@code y = z} and {@code |y - t| /
 * b + ln(2 b)} in nats, whose derivative is {@code sign(y - t) / b}. Values far off pull no harder
 * than those nearby, so reconstructions follow medians and outliers in the data matter little.
 *
 * @param scale the mean absolute deviation of every value given its code; above 0
 */
public record LaplaceOutput(double scale) implements Output {

  /**
   * Checks the scale.
   *
   * @param scale the mean absolute deviation of every value given its code; above 0
   * @throws IllegalArgumentException if it is not a finite number above 0
   */
  public LaplaceOutput {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the scale of a Laplace output must be a finite number above 0, but was "
              + scale
              + "; 1 is usual for standardised data");
    }
  }

  @Override
  public ValueRange range() {
    return ValueRange.REALS;
  }

  @Override
  public OutputKernel kernel() {
    return new Kernel(scale);
  }

  @Override
  public String describe() {
    return String.format(Locale.ROOT, "Laplace of scale %.4g", scale);
  }

  private static final class Kernel extends PointwiseKernel {

    private final double scale;
    private final double constant;

    Kernel(double scale) {
      this.scale = scale;
      this.constant = Math.log(2 * scale);
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
        sum += Math.abs(difference) / scale + constant;
        gradient[i] = Math.signum(difference) / scale;
      }
      return sum;
    }

    @Override
    double chunk(float[] z, float[] t, float[] y, int n, long whole) {
      double sum = 0;
      float step = (float) (1 / (scale * whole));
      for (int i = 0; i < n; i++) {
        float difference = y[i] - t[i];
        sum += Math.abs(difference);
        y[i] = step * Math.signum(difference);
      }
      return sum / scale + n * constant;
    }
  }
}
