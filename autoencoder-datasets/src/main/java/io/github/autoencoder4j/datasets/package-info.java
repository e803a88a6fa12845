/**
 * Image data sets that train an autoencoder at once: MNIST and its relatives, dogs, folders and
 * archives of pictures, packed images. Sees core's {@code data}, {@code random} and root, and
 * nothing of core sees it.
 */
@NullMarked
package io.github.autoencoder4j.datasets;

import org.jspecify.annotations.NullMarked;
