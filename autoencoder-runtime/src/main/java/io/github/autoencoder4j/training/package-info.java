/**
 * How a training run goes: its settings, its listeners, its history and what can stop it. Floor 3:
 * imports the descriptions below and nothing of the engine in its public types.
 *
 * @serial exclude
 */
@NullMarked
package io.github.autoencoder4j.training;

import org.jspecify.annotations.NullMarked;
