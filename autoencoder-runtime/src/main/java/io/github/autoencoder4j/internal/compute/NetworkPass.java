package io.github.autoencoder4j.internal.compute;

/** Encodes and decodes batches as after training, without chance. */
public interface NetworkPass {

  /**
   * Turns samples into codes, after those latent stages that are not chance.
   *
   * @param samples {@code n} samples side by side, {@code [n, channels, height, width]}
   * @param n how many
   * @return {@code n} codes side by side
   */
  float[] encode(float[] samples, int n);

  /**
   * Turns codes into reconstructions.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @return {@code n} samples side by side
   */
  float[] decode(float[] codes, int n);
}
