/**
 * JPEG, PNG and GIF pictures, decoded row by row, turned upright, scaled and brought to bytes. Sees
 * {@code items}. Internal, may change at any time.
 */
@NullMarked
package io.github.autoencoder4j.datasets.internal.picture;

import org.jspecify.annotations.NullMarked;
