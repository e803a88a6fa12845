/**
 * Published figures, each obtained again by one command: a main class for each that trains,
 * measures and says what was expected and what came out.
 */
@NullMarked
package io.github.autoencoder4j.examples.proof;

import org.jspecify.annotations.NullMarked;
