/**
 * Rows of tables from files and from memory, and what their columns are found to be. Sees the room
 * of archives for gzip.
 */
@NullMarked
package io.github.autoencoder4j.datasets.internal.table;

import org.jspecify.annotations.NullMarked;
