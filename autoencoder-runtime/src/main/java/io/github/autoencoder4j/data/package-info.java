/**
 * Where samples come from: sources of images (or plain vectors) of one shape, read one at a time or
 * by index into a caller's buffer. Floor 0: imports nothing of this library but {@code random},
 * {@code exception} and {@code table}.
 *
 * @serial exclude
 */
@NullMarked
package io.github.autoencoder4j.data;

import org.jspecify.annotations.NullMarked;
