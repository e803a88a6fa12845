/**
 * Noise on the input of a denoising autoencoder, as immutable values. Floor 1: imports {@code data}
 * and {@code random} only.
 */
@NullMarked
package io.github.autoencoder4j.corruption;

import org.jspecify.annotations.NullMarked;
