/**
 * Trained models at work, wherever Java runs: encoding, decoding, reconstructing and scoring from
 * model files. With {@code autoencoder-core} and a native backend on the class path the same calls
 * use them.
 */
@NullMarked
package io.github.autoencoder4j.runtime;

import org.jspecify.annotations.NullMarked;
