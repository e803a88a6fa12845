package io.github.autoencoder4j.network;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.Quantizer;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every choice that makes an autoencoder. Immutable.
 *
 * @param architecture the layers
 * @param stages what happens to codes between encoder and decoder, in order; copied
 * @param output how the numbers of the decoder are read, and how far they are from their targets
 * @param penalty what training adds for large weights
 * @param corruption the noise on what the network sees in training, if any
 * @param optimizer how weights follow gradients; null if a file could not say it
 * @param seed chooses the first weights and all chance
 */
public record Spec(
    Architecture architecture,
    List<LatentStage> stages,
    Output output,
    Penalty penalty,
    Optional<Corruption> corruption,
    @Nullable Optimizer optimizer,
    long seed) {

  /**
   * Copies the list.
   *
   * @param architecture the layers
   * @param stages what happens to codes between encoder and decoder, in order
   * @param output how the numbers of the decoder are read
   * @param penalty what training adds for large weights
   * @param corruption the noise on what the network sees in training, if any
   * @param optimizer how weights follow gradients
   * @param seed chooses the first weights and all chance
   * @throws IllegalArgumentException if a stage would undo that codes are quantised
   */
  public Spec {
    Objects.requireNonNull(architecture, "architecture");
    stages = List.copyOf(stages);
    Quantizer.requireOrder(stages);
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(penalty, "penalty");
    Objects.requireNonNull(corruption, "corruption");
  }
}
