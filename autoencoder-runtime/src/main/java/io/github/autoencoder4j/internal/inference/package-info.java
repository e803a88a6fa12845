/**
 * Models at work: what every door to a trained model computes, whoever computes the network, and
 * how models are loaded.
 */
@NullMarked
package io.github.autoencoder4j.internal.inference;

import org.jspecify.annotations.NullMarked;
