package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.internal.engine.NetworkPlan;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.training.TrainingWarning;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether a network could just copy its input, so that its codes need not mean much. */
final class WideLatent {

  private WideLatent() {}

  static Optional<TrainingWarning> check(NetworkPlan plan, @Nullable Corruption corruption) {
    int input = plan.architecture().input().size();
    int latent = plan.architecture().latent().size();
    // Noise on the way makes copying impossible, however much room there is.
    boolean noisy =
        corruption != null || plan.stages().stream().anyMatch(LatentNoise.class::isInstance);
    if (latent < input || noisy) {
      return Optional.empty();
    }
    return Optional.of(
        new TrainingWarning(
            TrainingWarning.Kind.NO_BOTTLENECK,
            ("a code has %s values and a sample only %s, so the network can copy its input without"
                    + " having learnt anything about it; make the code smaller, or let"
                    + " corruption(...) or latentNoise(...) stand in the way of copying")
                .formatted(latent, input)));
  }
}
