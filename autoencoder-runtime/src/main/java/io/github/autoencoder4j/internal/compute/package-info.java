/**
 * What model files and their readers ask of whatever computes a network. The engine of core and the
 * plain one both do it.
 */
@NullMarked
package io.github.autoencoder4j.internal.compute;

import org.jspecify.annotations.NullMarked;
