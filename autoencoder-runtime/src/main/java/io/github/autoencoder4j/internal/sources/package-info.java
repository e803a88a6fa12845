/**
 * Sources as the library reads them. Floor 1: it knows {@code data} and {@code exception}, and
 * every package that reads a user's source may use it.
 */
@NullMarked
package io.github.autoencoder4j.internal.sources;

import org.jspecify.annotations.NullMarked;
