/**
 * The Dog half of the lab: one class with a {@code main} for each of its five tasks. They use the
 * public API of the library only.
 */
@NullMarked
package io.github.autoencoder4j.examples.dog;

import org.jspecify.annotations.NullMarked;
