package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.latent.Wasserstein.Similarity;

/**
 * Sums of kernels of seven widths, between codes and over the standard normal distribution, and
 * their slopes in the squared distance.
 *
 * <p>With {@code u = x - y} for normal {@code y} of variance {@code v}, whose mean lies at a
 * squared distance {@code q}, a Gaussian kernel has a closed form, and an inverse multiquadric is a
 * mixture of such kernels:
 *
 * <pre>{@code
 * E exp(-|u|^2 / C) = (1 + 2 v / C)^(-d / 2) exp(-q / (C + 2 v))
 * C / (C + r) = integral_0^inf exp(-t) exp(-t r / C) dt
 * }</pre>
 */
final class Discrepancy {

  private static final double[] SCALES = {0.1, 0.2, 0.5, 1, 2, 5, 10};

  /** The nodes of the integral: the trapezoidal rule in {@code s}, {@code t = exp(s - exp(-s))}. */
  private static final double FIRST_NODE = -3.5;

  private static final double LAST_NODE = 60;
  private static final double STEP = 0.125;

  /** {@code exp(-t)} is below the last bits of the sum from here on. */
  private static final double FAR = 40;

  private final Similarity similarity;
  private final int size;

  /** A sum of kernels, and its slope in the squared distance. */
  record Value(double sum, double slope) {}

  Discrepancy(Similarity similarity, int size) {
    this.similarity = similarity;
    this.size = size;
  }

  int size() {
    return size;
  }

  private double width(double scale) {
    return 2 * size * scale;
  }

  /** That of two codes at a squared distance. */
  Value between(double squaredDistance) {
    double sum = 0;
    double slope = 0;
    for (double scale : SCALES) {
      double width = width(scale);
      switch (similarity) {
        case RADIAL_BASIS -> {
          double value = Math.exp(-squaredDistance / width);
          sum += value;
          slope -= value / width;
        }
        case INVERSE_MULTIQUADRIC -> {
          double value = width / (width + squaredDistance);
          sum += value;
          slope -= value * value / width;
        }
      }
    }
    return new Value(sum, slope);
  }

  /**
   * The expectation over a normal distribution.
   *
   * @param variance of each number
   * @param squaredDistance to its mean
   */
  Value expected(double variance, double squaredDistance) {
    double sum = 0;
    double slope = 0;
    for (double scale : SCALES) {
      Value one =
          switch (similarity) {
            case RADIAL_BASIS -> gaussian(width(scale), variance, squaredDistance);
            case INVERSE_MULTIQUADRIC -> mixture(width(scale), variance, squaredDistance);
          };
      sum += one.sum();
      slope += one.slope();
    }
    return new Value(sum, slope);
  }

  private Value gaussian(double width, double variance, double squaredDistance) {
    double spread = width + 2 * variance;
    double value = Math.exp(-size / 2.0 * Math.log(spread / width) - squaredDistance / spread);
    return new Value(value, -value / spread);
  }

  private Value mixture(double width, double variance, double squaredDistance) {
    // About how fast the integrand falls, so that the nodes lie where it does.
    double rate = 1 + (size * variance + squaredDistance) / width;
    double sum = 0;
    double slope = 0;
    double t = 0;
    for (double s = FIRST_NODE; s <= LAST_NODE && t < FAR; s += STEP) {
      t = Math.exp(s - Math.exp(-s)) / rate;
      double weight = STEP * t * (1 + Math.exp(-s)) * Math.exp(-t);
      Value part = gaussian(width / t, variance, squaredDistance);
      sum += weight * part.sum();
      slope += weight * part.slope();
    }
    return new Value(sum, slope);
  }
}
