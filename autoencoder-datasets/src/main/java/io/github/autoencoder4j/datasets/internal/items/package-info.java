/**
 * Candidates for a data set, and how all cores read them. The lowest of the rooms. Internal, may
 * change at any time.
 */
@NullMarked
package io.github.autoencoder4j.datasets.internal.items;

import org.jspecify.annotations.NullMarked;
