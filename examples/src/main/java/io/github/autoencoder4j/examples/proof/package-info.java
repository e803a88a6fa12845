/**
 * Published figures, reproduced: each proof trains under the conditions of its source and holds
 * what it gets against what was published.
 */
@NullMarked
package io.github.autoencoder4j.examples.proof;

import org.jspecify.annotations.NullMarked;
