package io.github.autoencoder4j.output;

import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.output.OutputKernel.Link;

/**
 * Values in [0, 1] as Bernoulli probabilities: {@code y = sigmoid(z)} and {@code -t ln y - (1 - t)
 * ln(1 - y)} in nats, computed as {@code max(z, 0) - t z - ln(max(y, 1 - y))}, where no term
 * overflows; its derivative is {@code y - t}. Grey targets put its floor above zero: the mean
 * entropy of the targets, 0.0581 on the test images of MNIST.
 */
public record BernoulliOutput() implements Output {

  @Override
  public ValueRange range() {
    return ValueRange.UNIT;
  }

  @Override
  public OutputKernel kernel() {
    return new Kernel();
  }

  @Override
  public String describe() {
    return "sigmoid, binary cross-entropy";
  }

  private static final class Kernel extends PointwiseKernel {

    @Override
    public Link link() {
      return Link.SIGMOID;
    }

    @Override
    boolean needsFed() {
      return true;
    }

    @Override
    public double lossAndGradient(double[] fed, double[] targets, double[] gradient, int n) {
      double sum = 0;
      for (int i = 0; i < fed.length; i++) {
        double z = fed[i];
        sum += Math.max(z, 0) - targets[i] * z + Math.log1p(Math.exp(-Math.abs(z)));
        gradient[i] = sigmoid(z) - targets[i];
      }
      return sum;
    }

    // The logarithms of many factors are the logarithm of their product, which saves nearly all of
    // them. Sums and products are taken in four strands, so that one need not wait for the other.
    @Override
    double chunk(float[] z, float[] t, float[] y, int n, long whole) {
      for (int i = 0; i < n; i++) {
        z[i] = Math.max(z[i], 0f) - t[i] * z[i];
      }
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      double product0 = 1;
      double product1 = 1;
      double product2 = 1;
      double product3 = 1;
      int i = 0;
      for (; i + 3 < n; i += 4) {
        sum0 += z[i];
        sum1 += z[i + 1];
        sum2 += z[i + 2];
        sum3 += z[i + 3];
        product0 *= Math.max(y[i], 1 - y[i]);
        product1 *= Math.max(y[i + 1], 1 - y[i + 1]);
        product2 *= Math.max(y[i + 2], 1 - y[i + 2]);
        product3 *= Math.max(y[i + 3], 1 - y[i + 3]);
      }
      for (; i < n; i++) {
        sum0 += z[i];
        product0 *= Math.max(y[i], 1 - y[i]);
      }
      float scale = 1f / whole;
      for (int j = 0; j < n; j++) {
        y[j] = (y[j] - t[j]) * scale;
      }
      return sum0 + sum1 + sum2 + sum3 - Math.log(product0 * product1 * product2 * product3);
    }
  }
}
