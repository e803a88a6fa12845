package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.study.Difference;

/**
 * What mnist.6 shows, from the plain code to the variational one.
 *
 * @param nats what the variational code of a test picture costs: its divergence from the prior
 * @param activeUnits how many of its two numbers are in use
 * @param error mean squared error of the reconstructions, by test picture
 * @param plainFilled the share of cells of the plain code's box with at least ten training codes
 * @param filled the same of the variational code's
 * @param recognised the share of uniform samples that the classifier is at least 90 % sure of
 * @param prior from uniform samples of the plain code to samples of the prior
 * @param mixture both with ten Gaussians fitted to their codes
 * @param plainMixtureToPrior coverage, by test picture: from samples of the prior to those of ten
 *     Gaussians fitted to the plain codes
 */
record VariationalClaim(
    double nats,
    int activeUnits,
    Difference error,
    double plainFilled,
    double filled,
    Difference recognised,
    Draws.Comparison prior,
    Draws.Comparison mixture,
    Difference plainMixtureToPrior) {}
