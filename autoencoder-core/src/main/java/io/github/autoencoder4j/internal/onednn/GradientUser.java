package io.github.autoencoder4j.internal.onednn;

/**
 * Uses gradients as soon as they are complete, while they are in the cache of the core that
 * completed them. It is called by several threads at once, for different parameters.
 */
@FunctionalInterface
public interface GradientUser {

  /**
   * Uses the gradients of some parameters.
   *
   * @param from the position of the first one among all that the network learns
   * @param to the position after the last one
   */
  void use(int from, int to);
}
