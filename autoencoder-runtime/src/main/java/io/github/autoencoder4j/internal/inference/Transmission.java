package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.random.RandomStream;

/**
 * Sends codes over a noisy channel. The noise of a code depends on its number, not on its batch.
 *
 * @param noise what the channel adds
 * @param seed chooses it
 */
public record Transmission(LatentNoise noise, long seed) {

  /**
   * Disturbs codes in place.
   *
   * @param codes {@code n} codes side by side
   * @param length how many numbers of each are sent, its first
   * @param n how many
   * @param first the number of the first
   * @param draw which of many times they are sent
   */
  public void disturb(float[] codes, int length, int n, int first, int draw) {
    int width = codes.length / n;
    double[] values = new double[length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < length; j++) {
        values[j] = codes[i * width + j];
      }
      noise.addTo(values, 0, length, RandomStream.of(seed, "transmission/" + draw, first + i));
      for (int j = 0; j < length; j++) {
        codes[i * width + j] = (float) values[j];
      }
    }
  }
}
