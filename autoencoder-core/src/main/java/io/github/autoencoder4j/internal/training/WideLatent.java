package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.training.TrainingWarning;
import java.util.Optional;

/** Finds out whether a network could just copy its input, so that its codes need not mean much. */
final class WideLatent {

  private WideLatent() {}

  static Optional<TrainingWarning> check(Spec spec) {
    int input = spec.architecture().input().size();
    int latent = spec.architecture().latent().size();
    // What limits copying does so however much room there is.
    boolean limited =
        spec.corruption().isPresent()
            || spec.stages().stream().anyMatch(LatentStage::limitsCopying);
    if (latent < input || limited) {
      return Optional.empty();
    }
    return Optional.of(
        new TrainingWarning(
            TrainingWarning.Kind.NO_BOTTLENECK,
            ("a code has %s values and a sample only %s, so the network can copy its input without"
                    + " having learnt anything about it; make the code smaller, or let"
                    + " corruption(...), latentNoise(...) or sparse(...) stand in the way of copying")
                .formatted(latent, input)));
  }
}
