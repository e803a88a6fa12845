package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import java.util.List;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Every choice that makes a network.
 *
 * @param architecture the layers
 * @param stages what happens to codes between encoder and decoder, in order; copied
 * @param loss what training minimises
 * @param penalty what training adds for large weights
 * @param optimizer how weights follow gradients; not to be changed
 * @param seed chooses the first weights and the dropout masks
 */
public record NetworkPlan(
    Architecture architecture,
    List<LatentStage> stages,
    Loss loss,
    Penalty penalty,
    IUpdater optimizer,
    long seed) {

  /**
   * Copies the list.
   *
   * @param architecture the layers
   * @param stages what happens to codes between encoder and decoder, in order
   * @param loss what training minimises
   * @param penalty what training adds for large weights
   * @param optimizer how weights follow gradients
   * @param seed chooses the first weights and the dropout masks
   */
  public NetworkPlan {
    stages = List.copyOf(stages);
  }
}
