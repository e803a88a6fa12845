/**
 * Model files: a container of named documents and tensors in which every bit is checked, and what
 * an autoencoder writes into one. Floor 3: imports the descriptions, the engine and the history of
 * training; the only room of this module that knows Jackson.
 */
@NullMarked
package io.github.autoencoder4j.internal.model;

import org.jspecify.annotations.NullMarked;
