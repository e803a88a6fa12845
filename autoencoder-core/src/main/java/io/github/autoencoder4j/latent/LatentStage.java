package io.github.autoencoder4j.latent;

/**
 * One step between encoder and decoder. Stages are applied in the order in which they were given,
 * with any architecture; gradients flow through them.
 *
 * <pre>{@code
 * Autoencoder dogs =
 *     Autoencoder.conv().latent(8, 8, 16)
 *         .latentStage(PowerNormalization.perExample())
 *         .latentStage(LatentNoise.snrDb(10))
 *         .build();
 * }</pre>
 */
public sealed interface LatentStage permits PowerNormalization, LatentNoise {

  /**
   * The stage in a few words, for tables.
   *
   * @return for example {@code "power normalisation"}
   */
  String describe();
}
