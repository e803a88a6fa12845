package io.github.autoencoder4j.training;

/**
 * One step of the optimiser was made.
 *
 * @param epoch the epoch it belongs to, from 1
 * @param batch the batch within the epoch, from 1
 * @param batches how many batches an epoch has
 * @param loss the mean reconstruction loss of the batch before the step, without penalty
 */
public record BatchEnd(int epoch, int batch, int batches, double loss) {}
