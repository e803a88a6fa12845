package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Every choice that makes an autoencoder.
 *
 * @param architecture the layers
 * @param stages what happens to codes between encoder and decoder, in order; immutable
 * @param loss what training minimises
 * @param penalty what training adds for large weights
 * @param corruption the noise on what the network sees in training, or null
 * @param optimizer how weights follow gradients, or null if a file could not say it
 * @param seed chooses the first weights and all chance
 */
public record ModelConfig(
    Architecture architecture,
    List<LatentStage> stages,
    Loss loss,
    Penalty penalty,
    @Nullable Corruption corruption,
    @Nullable IUpdater optimizer,
    long seed) {}
