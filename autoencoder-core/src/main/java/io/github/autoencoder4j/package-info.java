/**
 * The entry: {@link io.github.autoencoder4j.Autoencoder}, its builders and what it reports. Floor
 * 4: stands on everything below, and only sampling and baselines stand beside and above it.
 *
 * @serial exclude
 */
@NullMarked
package io.github.autoencoder4j;

import org.jspecify.annotations.NullMarked;
