/**
 * What figures allow to be said, as values: differences with their error, and the change they show.
 * Each task has claims of its own, made of these, and words for them in a class apart, so that a
 * claim can be tested for truth and said in any language.
 */
@NullMarked
package io.github.autoencoder4j.examples.claim;

import org.jspecify.annotations.NullMarked;
