package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.internal.numerics.Covariance;
import java.util.Objects;

/** Checks of codes, and what every fit computes from them first. */
final class Codes {

  private Codes() {}

  /** Checks that there are enough codes, all of one length above zero and finite. */
  static void require(float[][] codes, int atLeast) {
    if (codes.length < atLeast) {
      throw new IllegalArgumentException(
          "at least %s codes are needed, but there are %s".formatted(atLeast, codes.length));
    }
    for (int i = 0; i < codes.length; i++) {
      int index = i;
      Objects.requireNonNull(codes[i], () -> "code " + index + " is null");
      if (codes[i].length != codes[0].length || codes[i].length == 0) {
        throw new IllegalArgumentException(
            "codes must be of one length above zero, but code 0 has %s values and code %s has %s"
                .formatted(codes[0].length, i, codes[i].length));
      }
      requireFinite(codes[i], i);
    }
  }

  /** Checks one code against the size a sampler was fitted to. */
  static void requireLength(float[] latent, int latentSize) {
    if (latent.length != latentSize) {
      throw new IllegalArgumentException(
          "a code must have %s values, but has %s".formatted(latentSize, latent.length));
    }
    requireFinite(latent, 0);
  }

  static void requireCount(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n must be at least 0, but was " + n);
    }
  }

  static void requireVariance(double variance, int n) {
    if (!(variance > 0)) {
      throw new IllegalArgumentException(
          "the %s codes are all equal, so there is no variance to fit: did the model collapse?"
              .formatted(n));
    }
  }

  /** Takes the covariance of codes, of which there are at least 2, not all equal. */
  static Covariance covariance(float[][] codes) {
    require(codes, 2);
    Covariance covariance = Covariance.of(codes);
    requireVariance(covariance.trace, codes.length);
    return covariance;
  }

  static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static double[] mean(float[][] codes) {
    double[] mean = new double[codes[0].length];
    for (float[] code : codes) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += code[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= codes.length;
    }
    return mean;
  }

  /** Sums, number by number, the squares of what codes differ from a mean by. */
  static double[] squaredDeviations(float[][] codes, double[] mean) {
    double[] squares = new double[mean.length];
    for (float[] code : codes) {
      for (int i = 0; i < mean.length; i++) {
        squares[i] += (code[i] - mean[i]) * (code[i] - mean[i]);
      }
    }
    return squares;
  }

  private static void requireFinite(float[] code, int index) {
    for (float value : code) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "code %s holds %s; codes must be finite: did the training diverge?"
                .formatted(index, value));
      }
    }
  }
}
