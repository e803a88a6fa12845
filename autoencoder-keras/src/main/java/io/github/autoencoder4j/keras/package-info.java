/**
 * Reads the weights of models that Keras has saved, and lays them out as this library does. Above
 * the runtime; the only package that knows HDF5.
 */
@NullMarked
package io.github.autoencoder4j.keras;

import org.jspecify.annotations.NullMarked;
