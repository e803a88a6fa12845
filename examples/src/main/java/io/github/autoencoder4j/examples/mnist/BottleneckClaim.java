package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.study.Difference;

/**
 * What mnist.2 shows.
 *
 * @param error mean squared error, from the best linear code's of as many numbers to the
 *     autoencoder's, by test picture
 * @param neighbors share of test pictures whose class is guessed, from always the commonest one to
 *     the ten nearest training codes
 */
record BottleneckClaim(Difference error, Difference neighbors) {}
