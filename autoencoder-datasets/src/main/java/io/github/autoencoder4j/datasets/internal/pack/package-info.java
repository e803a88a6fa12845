/**
 * Shards of packed pictures and their index. Sees {@code items}. Internal, may change at any time.
 */
@NullMarked
package io.github.autoencoder4j.datasets.internal.pack;

import org.jspecify.annotations.NullMarked;
