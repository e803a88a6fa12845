package io.github.autoencoder4j.network;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.Initialization;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.latent.Contractive;
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
 * @param initialization how the first weights of layers are drawn
 * @param seed chooses the first weights and all chance
 */
public record Spec(
    Architecture architecture,
    List<LatentStage> stages,
    Output output,
    Penalty penalty,
    Optional<Corruption> corruption,
    @Nullable Optimizer optimizer,
    Initialization initialization,
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
   * @param initialization how the first weights of layers are drawn
   * @param seed chooses the first weights and all chance
   * @throws IllegalArgumentException if a stage would undo that codes are quantised, follows a
   *     condition, or comes before a contraction that could not be measured after it
   */
  public Spec {
    Objects.requireNonNull(architecture, "architecture");
    stages = List.copyOf(stages);
    Quantizer.requireOrder(stages);
    Contractive.requireOrder(stages);
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(penalty, "penalty");
    Objects.requireNonNull(corruption, "corruption");
    Objects.requireNonNull(initialization, "initialization");
    requireOneBound(stages);
    requireConditionLast(stages);
  }

  /** What follows would change the class that the decoder is told. */
  private static void requireConditionLast(List<LatentStage> stages) {
    for (int i = 0; i < stages.size() - 1; i++) {
      if (stages.get(i) instanceof Condition) {
        throw new IllegalArgumentException(
            "\"%s\" must be the last of the latent stages, and the only one of its kind, but \"%s\" follows it"
                .formatted(stages.get(i).describe(), stages.get(i + 1).describe()));
      }
    }
  }

  /**
   * Gives what encoder and decoder are told of each sample.
   *
   * @return its classes; empty if nothing is conditioned
   */
  public Optional<Condition> condition() {
    return stage(Condition.class);
  }

  /** A bound of many draws is one of all that stands beside the loss. */
  private static void requireOneBound(List<LatentStage> stages) {
    Optional<LatentStage> drawn = stages.stream().filter(stage -> stage.draws() > 1).findFirst();
    for (LatentStage stage : stages) {
      if (drawn.isPresent() && stage != drawn.get() && !stage.terms().isEmpty()) {
        throw new IllegalArgumentException(
            "\"%s\" cannot stand beside \"%s\", whose bound has no place for the terms %s of another stage; let the code be drawn once, or leave one of them out"
                .formatted(stage.describe(), drawn.get().describe(), stage.terms()));
      }
    }
  }

  /**
   * Starts each layer as suits it.
   *
   * @param architecture the layers
   * @param stages what happens to codes between encoder and decoder, in order
   * @param output how the numbers of the decoder are read
   * @param penalty what training adds for large weights
   * @param corruption the noise on what the network sees in training, if any
   * @param optimizer how weights follow gradients
   * @param seed chooses the first weights and all chance
   */
  public Spec(
      Architecture architecture,
      List<LatentStage> stages,
      Output output,
      Penalty penalty,
      Optional<Corruption> corruption,
      @Nullable Optimizer optimizer,
      long seed) {
    this(
        architecture,
        stages,
        output,
        penalty,
        corruption,
        optimizer,
        Initialization.AUTOMATIC,
        seed);
  }

  /**
   * Finds the first latent stage of a kind.
   *
   * @param <T> the kind
   * @param kind its class or interface
   * @return empty if there is none
   */
  public <T extends LatentStage> Optional<T> stage(Class<T> kind) {
    return stages.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
