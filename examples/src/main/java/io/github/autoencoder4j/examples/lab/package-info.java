/** The whole lab in one command. */
@NullMarked
package io.github.autoencoder4j.examples.lab;

import org.jspecify.annotations.NullMarked;
