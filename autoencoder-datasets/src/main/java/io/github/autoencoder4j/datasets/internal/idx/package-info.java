/**
 * IDX, the file format of MNIST. Sees {@code archive}, for what is gzipped. Internal, may change at
 * any time.
 */
@NullMarked
package io.github.autoencoder4j.datasets.internal.idx;

import org.jspecify.annotations.NullMarked;
