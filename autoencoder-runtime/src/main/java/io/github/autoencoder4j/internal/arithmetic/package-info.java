/** Whole numbers that grow without turning negative, and hashes. Floor 0: it knows nothing else. */
@NullMarked
package io.github.autoencoder4j.internal.arithmetic;

import org.jspecify.annotations.NullMarked;
