/**
 * The training loop: batches, learning rates, alarms and the best weights. Floor 3; internal, may
 * change at any time.
 */
@NullMarked
package io.github.autoencoder4j.internal.training;

import org.jspecify.annotations.NullMarked;
