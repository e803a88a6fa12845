/**
 * Fetching a file from the web, once and whole. Sees no other room. Internal, may change at any
 * time.
 */
@NullMarked
package io.github.autoencoder4j.datasets.internal.download;

import org.jspecify.annotations.NullMarked;
