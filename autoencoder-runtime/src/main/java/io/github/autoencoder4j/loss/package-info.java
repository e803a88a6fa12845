/** What training minimises: reconstruction losses and penalties, as immutable values. Floor 1. */
@NullMarked
package io.github.autoencoder4j.loss;

import org.jspecify.annotations.NullMarked;
