package io.github.autoencoder4j.examples.mnist;

/**
 * What mnist.5 shows, from without to with the penalty.
 *
 * @param loss of the test pictures, in nats per pixel
 * @param spread of the training codes: their standard deviation
 * @param filledShare of the box
 * @param recognisedShare of the samples
 */
record PenaltyClaim(
    SeedDifference loss,
    SeedDifference spread,
    SeedDifference filledShare,
    SeedDifference recognisedShare) {}
