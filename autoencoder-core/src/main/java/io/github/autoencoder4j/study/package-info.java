/**
 * Comparing settings: a study trains each over the same seeds, and says what is more than chance.
 * Beside the floors: arrays of figures only.
 */
@NullMarked
package io.github.autoencoder4j.study;

import org.jspecify.annotations.NullMarked;
