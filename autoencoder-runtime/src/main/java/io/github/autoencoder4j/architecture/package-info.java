/**
 * Immutable descriptions of networks: which layers, of which sizes, with which activations. Floor
 * 1: imports {@code data} only and knows no engine.
 */
@NullMarked
package io.github.autoencoder4j.architecture;

import org.jspecify.annotations.NullMarked;
