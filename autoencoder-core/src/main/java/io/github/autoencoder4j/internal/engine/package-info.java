/**
 * The one room that knows Deeplearning4j: turns descriptions into networks with layers of our own,
 * and runs them. Floor 2; internal, may change at any time.
 */
@NullMarked
package io.github.autoencoder4j.internal.engine;

import org.jspecify.annotations.NullMarked;
