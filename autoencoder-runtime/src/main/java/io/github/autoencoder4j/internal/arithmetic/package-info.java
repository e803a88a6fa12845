/**
 * Whole numbers that grow without turning negative, hashes, and a function of many numbers at once.
 * Floor 0: it knows nothing else.
 */
@NullMarked
package io.github.autoencoder4j.internal.arithmetic;

import org.jspecify.annotations.NullMarked;
