package io.github.autoencoder4j.training;

/**
 * One step of the optimiser was made.
 *
 * @param epoch the epoch it belongs to, from 1
 * @param epochs how many were asked for
 * @param batch the batch within the epoch, from 1
 * @param batches how many batches an epoch has
 * @param samples how many samples were trained on; in a round of workers, by all of them together
 * @param loss the mean reconstruction loss of the batch before the step, without penalty
 */
public record BatchEnd(int epoch, int epochs, int batch, int batches, int samples, double loss) {}
