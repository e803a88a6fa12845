package io.github.autoencoder4j.output;

import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.output.OutputKernel.Link;

/**
 * Values in [0, 1] by {@code y = sigmoid(z)}, judged by the squared error {@code (y - t)^2}, whose
 * derivative is {@code 2 (y - t) y (1 - y)}.
 */
public record SigmoidSquaresOutput() implements Output {

  @Override
  public ValueRange range() {
    return ValueRange.UNIT;
  }

  @Override
  public OutputKernel kernel() {
    return new Kernel();
  }

  @Override
  public boolean isLikelihood() {
    return false;
  }

  @Override
  public String describe() {
    return "sigmoid, squared error";
  }

  private static final class Kernel extends PointwiseKernel {

    @Override
    public Link link() {
      return Link.SIGMOID;
    }

    @Override
    boolean needsFed() {
      return false;
    }

    @Override
    public double lossAndGradient(double[] fed, double[] targets, double[] gradient, int n) {
      double sum = 0;
      for (int i = 0; i < fed.length; i++) {
        double y = sigmoid(fed[i]);
        double difference = y - targets[i];
        sum += difference * difference;
        gradient[i] = 2 * difference * y * (1 - y);
      }
      return sum;
    }

    @Override
    double chunk(float[] z, float[] t, float[] y, int n, long whole) {
      // Two sums, so that one addition need not wait for the other.
      double even = 0;
      double odd = 0;
      for (int i = 0; i < n; i++) {
        t[i] = y[i] - t[i];
      }
      for (int i = 0; i + 1 < n; i += 2) {
        even += (double) t[i] * t[i];
        odd += (double) t[i + 1] * t[i + 1];
      }
      if (n % 2 == 1) {
        even += (double) t[n - 1] * t[n - 1];
      }
      float scale = 2f / whole;
      for (int i = 0; i < n; i++) {
        y[i] = scale * t[i] * y[i] * (1 - y[i]);
      }
      return even + odd;
    }
  }
}
