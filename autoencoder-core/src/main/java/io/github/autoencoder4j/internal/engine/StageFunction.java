package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.onednn.LatentFunction;

/** A latent stage at work. It has no state of its own, so that threads may share it. */
interface StageFunction extends LatentFunction {

  /** Whether it adds noise, which encoding leaves out. */
  boolean isNoise();

  /**
   * Applies it after training, in place.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @param first the number of the first among all that are reconstructed, which chooses the noise
   */
  void infer(double[] codes, int n, long first);
}
