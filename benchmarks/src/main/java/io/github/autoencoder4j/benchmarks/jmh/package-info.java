/**
 * The small pieces that larger figures are made of, measured one by one with JMH. They tell where
 * to look; what counts are the ratios of the package above.
 */
@NullMarked
package io.github.autoencoder4j.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
