package io.github.autoencoder4j.network;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.output.Output;
import java.util.List;
import java.util.Optional;

/** Choices of which a test cares about some. */
public final class Specs {

  private Specs() {}

  /** Layers, the stages between them, and nothing that is unusual. */
  public static Spec of(Architecture architecture, LatentStage... stages) {
    return of(architecture, 1, stages);
  }

  /** The same with a seed. */
  public static Spec of(Architecture architecture, long seed, LatentStage... stages) {
    return new Spec(
        architecture,
        List.of(stages),
        Output.bernoulli(),
        Penalty.NONE,
        Optional.empty(),
        null,
        seed);
  }
}
