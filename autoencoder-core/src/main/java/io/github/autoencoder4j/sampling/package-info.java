/**
 * Fits distributions to latent codes, draws new codes from them and walks between codes. Floor 5:
 * imports {@code random} and {@code internal.numerics}, and knows nothing of networks.
 */
@NullMarked
package io.github.autoencoder4j.sampling;

import org.jspecify.annotations.NullMarked;
