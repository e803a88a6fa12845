package io.github.autoencoder4j;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * What an autoencoder is told beside its layers. Immutable.
 *
 * @param optimizer null if it was loaded from a file that could not say it
 */
record AutoencoderConfig(
    List<LatentStage> stages,
    Loss loss,
    Penalty penalty,
    @Nullable Corruption corruption,
    @Nullable IUpdater optimizer,
    long seed) {}
