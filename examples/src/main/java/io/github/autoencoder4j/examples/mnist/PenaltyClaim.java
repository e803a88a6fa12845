package io.github.autoencoder4j.examples.mnist;

/**
 * What mnist.5 shows, from without to with the penalty.
 *
 * @param loss of the test pictures, in nats per pixel
 * @param spread of the training codes: their standard deviation
 * @param filledShare of the box
 * @param recognisedShare of the samples
 * @param weakLoss as {@code loss}, with a tenth of the penalty
 * @param weakSpread as {@code spread}, with a tenth of the penalty
 */
record PenaltyClaim(
    SeedDifference loss,
    SeedDifference spread,
    SeedDifference filledShare,
    SeedDifference recognisedShare,
    SeedDifference weakLoss,
    SeedDifference weakSpread) {}
