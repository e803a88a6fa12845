package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.study.Difference;
import java.util.Optional;

/**
 * What mnist.4 shows.
 *
 * @param filledShare the share of cells of the box with at least ten training codes, in [0, 1]
 * @param classifierAccuracy the share of test pictures that the classifier names correctly
 * @param recognised the share that it is at least 90 % sure of, from test pictures to samples
 * @param whereCodesAre the share of samples that it is at least 90 % sure of, from those in the
 *     gaps to those in filled cells; empty if all are of one kind
 * @param samples how many were drawn
 * @param tally the classes of the recognised ones
 */
record SamplingClaim(
    double filledShare,
    double classifierAccuracy,
    Difference recognised,
    Optional<Difference> whereCodesAre,
    int samples,
    ClassTally tally) {}
