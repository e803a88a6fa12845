/**
 * Writing files so that whatever happens, the old one or the new one is there, whole. Floor 0;
 * internal, may change at any time. The other modules of the same release use it too.
 */
@NullMarked
package io.github.autoencoder4j.internal.files;

import org.jspecify.annotations.NullMarked;
