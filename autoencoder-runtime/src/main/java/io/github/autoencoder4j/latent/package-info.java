/**
 * What happens to a code between encoder and decoder, as immutable values, each with the kernel
 * that computes it over plain arrays: power normalisation and noise, as over a radio channel,
 * distributions, sparse and quantised codes, and terms that draw codes to where they can be sampled
 * from. Floor 1: imports nothing of the engine.
 */
@NullMarked
package io.github.autoencoder4j.latent;

import org.jspecify.annotations.NullMarked;
