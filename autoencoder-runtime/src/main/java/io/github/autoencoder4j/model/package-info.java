/**
 * What can be said about a saved model: which parts of it to save, and what a file holds. Floor 3:
 * imports the descriptions and the history of training.
 */
@NullMarked
package io.github.autoencoder4j.model;

import org.jspecify.annotations.NullMarked;
