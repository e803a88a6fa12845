/**
 * Comparing and judging trained autoencoders: a study trains settings over the same seeds and says
 * what is more than chance, a diagnosis says what is wrong with one. Above the root: what is here
 * uses autoencoders as anybody may.
 */
@NullMarked
package io.github.autoencoder4j.study;

import org.jspecify.annotations.NullMarked;
