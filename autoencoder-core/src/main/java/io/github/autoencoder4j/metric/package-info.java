/**
 * Judges reconstructions, codes and samples: reconstruction errors, image similarity, nearest
 * neighbours, coverage, rankings. Floor 1: imports {@code data} and {@code random} only.
 */
@NullMarked
package io.github.autoencoder4j.metric;

import org.jspecify.annotations.NullMarked;
