package io.github.autoencoder4j.metric;

/**
 * How often the nearest training codes tell the class of a test code.
 *
 * @param k1 share of test codes whose nearest training code has the right class, in [0, 1]
 * @param k10 the same by majority among the 10 nearest, in [0, 1]
 */
public record NearestNeighborAccuracy(double k1, double k10) {}
