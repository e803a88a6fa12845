/**
 * What happens to a code between encoder and decoder, as immutable values: power normalisation and
 * noise, as over a radio channel, each with the kernel that computes it over plain arrays. Floor 1:
 * imports nothing of the engine.
 */
@NullMarked
package io.github.autoencoder4j.latent;

import org.jspecify.annotations.NullMarked;
