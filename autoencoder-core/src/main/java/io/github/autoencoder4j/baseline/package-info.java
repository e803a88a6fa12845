/**
 * What simple means reach, to judge a trained model by: mean image, mean colour, principal
 * components, linear codes for a noisy channel. Floor 5: imports {@code data}, {@code random} and
 * {@code metric}.
 */
@NullMarked
package io.github.autoencoder4j.baseline;

import org.jspecify.annotations.NullMarked;
