/**
 * Scores how odd rows are, with a meaning: simple scorers, judges of an autoencoder's residuals,
 * thresholds with a guarantee. Floor 5: imports {@code internal.numerics} and knows nothing of
 * networks.
 */
@NullMarked
package io.github.autoencoder4j.anomaly;

import org.jspecify.annotations.NullMarked;
