/**
 * What becomes of the numbers that a decoder yields: how they are read as samples, and how far
 * those are from their targets. Immutable values, each with the kernel that computes it over plain
 * memory. Floor 1: imports nothing of the engine.
 */
@NullMarked
package io.github.autoencoder4j.output;

import org.jspecify.annotations.NullMarked;
