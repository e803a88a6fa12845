/**
 * Networks computed in plain Java, for whoever has no native code: every layer in loops that
 * HotSpot turns into vector instructions.
 */
@NullMarked
package io.github.autoencoder4j.internal.plain;

import org.jspecify.annotations.NullMarked;
