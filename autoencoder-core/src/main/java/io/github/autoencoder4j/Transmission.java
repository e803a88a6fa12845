package io.github.autoencoder4j;

import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.random.RandomStream;

/**
 * Sends codes over a noisy channel. The noise of a code depends on its number, not on its batch.
 */
record Transmission(LatentNoise noise, long seed) {

  /** Disturbs {@code n} codes side by side in place, in one draw of many. */
  void disturb(float[] codes, int n, int first, int draw) {
    int length = codes.length / n;
    double[] values = new double[length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < length; j++) {
        values[j] = codes[i * length + j];
      }
      noise.addTo(values, 0, length, RandomStream.of(seed, "transmission/" + draw, first + i));
      for (int j = 0; j < length; j++) {
        codes[i * length + j] = (float) values[j];
      }
    }
  }
}
