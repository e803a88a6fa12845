/**
 * The pictures in folders, zips and tars, read without being unpacked to disk. Sees {@code picture}
 * and {@code items}. Internal, may change at any time.
 */
@NullMarked
package io.github.autoencoder4j.datasets.internal.archive;

import org.jspecify.annotations.NullMarked;
