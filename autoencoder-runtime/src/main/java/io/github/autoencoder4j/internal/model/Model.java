package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.internal.compute.RunnableNetwork;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.network.Spec;

/**
 * An autoencoder as it goes into a file and comes out of it.
 *
 * @param <E> what computes it
 * @param spec every choice that made it
 * @param part how much of it is there; the weights of a missing half are zero
 * @param engine the network
 * @param lineage how it came by its weights
 * @param resumable whether the engine has the state of its optimiser and its progress
 */
public record Model<E extends RunnableNetwork>(
    Spec spec, Part part, E engine, Lineage lineage, boolean resumable) {}
