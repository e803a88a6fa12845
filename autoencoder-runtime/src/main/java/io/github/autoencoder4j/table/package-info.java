/**
 * What the columns of a table are, and how a row becomes the numbers of a sample and is read back
 * from them. Immutable values that a model carries. Floor 0: imports nothing of this library but
 * {@code exception}.
 */
@NullMarked
package io.github.autoencoder4j.table;

import org.jspecify.annotations.NullMarked;
