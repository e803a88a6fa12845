package io.github.autoencoder4j.internal.onednn;

/**
 * An array that is learnt.
 *
 * @param value what its layer computes with
 * @param gradient that of the loss; the value itself, and never written, if nobody trains
 * @param start the position of its first number among all that the network learns
 */
record Learned(Tensor value, Tensor gradient, int start) {}
