/** Drawn dogs. Sees {@code items}. Internal, may change at any time. */
@NullMarked
package io.github.autoencoder4j.datasets.internal.drawing;

import org.jspecify.annotations.NullMarked;
