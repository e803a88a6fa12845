/**
 * Scores how odd rows are, with a meaning: simple scorers, judges of an autoencoder's residuals,
 * thresholds with a guarantee, and {@link io.github.autoencoder4j.anomaly.Anomalies}, which puts
 * them together for any autoencoder. Floor 5: imports the root, {@code data}, {@code random} and
 * {@code internal.numerics}; all but {@code Anomalies} and its reconstructor know nothing of
 * networks.
 */
@NullMarked
package io.github.autoencoder4j.anomaly;

import org.jspecify.annotations.NullMarked;
