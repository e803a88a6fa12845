/**
 * Memory for samples on their way from a source into a network. Floor 0: it knows nothing but
 * numbers.
 */
@NullMarked
package io.github.autoencoder4j.internal.samples;

import org.jspecify.annotations.NullMarked;
