package io.github.autoencoder4j.anomaly;

/**
 * What the score of a row is made of. The score is the sum of {@code residual} and {@code code};
 * the other values are what these two are made of, and simpler scores to compare them with.
 *
 * @param squaredError the reconstruction error, {@code sum of r_j^2 / d} with {@code r} the row
 *     less its reconstruction
 * @param diagonal each error judged by its own spread, {@code sum of z_j^2}, as {@link
 *     ResidualModel} says
 * @param mahalanobis errors judged together, {@code z^T R^-1 z}
 * @param residual how rare the one of these three that was chosen is among normal rows, {@code -ln
 *     p}; at least 0
 * @param neighborDistance to the {@code k}-th nearest reconstruction of a normal row; 0 if
 *     neighbours are not judged
 * @param code how rare that is among normal rows, {@code -ln p}; at least 0
 */
public record AnomalyParts(
    double squaredError,
    double diagonal,
    double mahalanobis,
    double residual,
    double neighborDistance,
    double code) {}
