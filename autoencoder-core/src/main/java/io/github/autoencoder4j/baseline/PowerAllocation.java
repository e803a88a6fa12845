package io.github.autoencoder4j.baseline;

import java.util.Arrays;

/**
 * Splits transmission power among uncorrelated coefficients so that the squared error after
 * additive white noise and optimal linear decoding, {@code sum of v_i s / (p_i + s)}, is least.
 *
 * <p>The conditions of Karush, Kuhn and Tucker give {@code p_i = max(0, sqrt(v_i s / mu) - s)} (Lee
 * and Petersen, "Optimal Linear Coding for Vector Channels", IEEE Transactions on Communications
 * 1976): the strong coefficients get power, but only with the root of their variance, and the weak
 * ones none.
 */
final class PowerAllocation {

  private PowerAllocation() {}

  /**
   * The powers of the coefficients, with mean 1 over all of them.
   *
   * @param variances of the coefficients, descending, not all zero
   * @param noiseVariance above 0
   */
  static double[] allocate(double[] variances, double noiseVariance) {
    int count = variances.length;
    double[] powers = new double[count];
    // With m coefficients in use, their powers sum to count: this fixes level = sqrt(s / mu).
    for (int used = count; used > 0; used--) {
      double roots = Arrays.stream(variances, 0, used).map(Math::sqrt).sum();
      double level = (count + used * noiseVariance) / roots;
      if (level * Math.sqrt(variances[used - 1]) > noiseVariance) {
        for (int i = 0; i < used; i++) {
          powers[i] = level * Math.sqrt(variances[i]) - noiseVariance;
        }
        return powers;
      }
    }
    throw new IllegalArgumentException("the coefficients do not vary, so there is nothing to send");
  }
}
