/**
 * Training, encoding and judging on Apache Spark, as an {@code Estimator} and a {@code Transformer}
 * of its machine learning library. Sees the public API of core and the data sets only; Spark is
 * known nowhere else.
 *
 * @serial exclude
 */
@NullMarked
package io.github.autoencoder4j.spark;

import org.jspecify.annotations.NullMarked;
