package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.internal.compute.RunnableNetwork;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.TrainingRun;
import io.github.autoencoder4j.network.Spec;
import java.util.List;

/**
 * An autoencoder as it goes into a file and comes out of it.
 *
 * @param <E> what computes it
 * @param spec every choice that made it
 * @param part how much of it is there; the weights of a missing half are zero
 * @param engine the network
 * @param runs the runs of training behind it, in order
 * @param resumable whether the engine has the state of its optimiser and its progress
 */
public record Model<E extends RunnableNetwork>(
    Spec spec, Part part, E engine, List<TrainingRun> runs, boolean resumable) {}
