/**
 * The {@code autoencoder} command: training and using autoencoders without writing Java. On top of
 * all other modules, of which it uses what everybody can use.
 */
@NullMarked
package io.github.autoencoder4j.cli;

import org.jspecify.annotations.NullMarked;
