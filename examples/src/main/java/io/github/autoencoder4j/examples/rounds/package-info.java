/** Training in rounds, as on a cluster, in one process: what averaging costs. */
@NullMarked
package io.github.autoencoder4j.examples.rounds;

import org.jspecify.annotations.NullMarked;
