/**
 * How weights follow gradients, as immutable values: optimisers, and schedules of their learning
 * rates. Floor 1: imports nothing of the engine.
 */
@NullMarked
package io.github.autoencoder4j.optimizer;

import org.jspecify.annotations.NullMarked;
