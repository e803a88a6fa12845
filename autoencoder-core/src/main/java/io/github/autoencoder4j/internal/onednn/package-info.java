/**
 * The fast path: layers compiled to primitives of oneDNN, with layouts kept from one to the next.
 * Floor 2, below the engine, which asks {@link io.github.autoencoder4j.internal.onednn.OneDnn}
 * whether it can be used.
 */
@NullMarked
package io.github.autoencoder4j.internal.onednn;

import org.jspecify.annotations.NullMarked;
