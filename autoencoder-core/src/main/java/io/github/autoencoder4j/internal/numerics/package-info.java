/**
 * Linear algebra and searches over plain arrays that several packages need. The only room that
 * knows EJML. Floor 0: imports {@code random} and {@code internal.samples}.
 */
@NullMarked
package io.github.autoencoder4j.internal.numerics;

import org.jspecify.annotations.NullMarked;
