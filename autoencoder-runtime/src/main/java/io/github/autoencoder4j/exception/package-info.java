/** What only this library can say went wrong. Floor 0: every other package may throw these. */
@NullMarked
package io.github.autoencoder4j.exception;

import org.jspecify.annotations.NullMarked;
