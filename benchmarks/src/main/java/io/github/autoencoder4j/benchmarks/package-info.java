/**
 * Measures how fast this library is beside others, on one machine in one run. Unpublished, above
 * all floors; it uses what is public.
 */
@NullMarked
package io.github.autoencoder4j.benchmarks;

import org.jspecify.annotations.NullMarked;
