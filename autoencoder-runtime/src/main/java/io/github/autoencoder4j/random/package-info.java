/**
 * Named, seeded streams of random numbers, so that the same seed gives the same run. Floor 0:
 * imports nothing of this library.
 */
@NullMarked
package io.github.autoencoder4j.random;

import org.jspecify.annotations.NullMarked;
