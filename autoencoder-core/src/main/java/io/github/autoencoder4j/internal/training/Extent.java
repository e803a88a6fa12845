package io.github.autoencoder4j.internal.training;

/**
 * How long an epoch is.
 *
 * @param samples how many samples are trained on
 * @param parts the batches, or rounds, after each of which the run may stop
 * @param steps the steps of the optimiser
 */
record Extent(int samples, int parts, int steps) {

  static Extent ofBatches(int samples, int batchSize) {
    int batches = (int) (((long) samples + batchSize - 1) / batchSize);
    return new Extent(samples, batches, batches);
  }

  /** With so many workers that each train on a batch at a time. */
  static Extent ofRounds(int samples, int batchSize, int workers, int stepsOfRound) {
    long together = (long) batchSize * workers;
    int steps = (int) ((samples + together - 1) / together);
    return new Extent(samples, (int) (((long) steps + stepsOfRound - 1) / stepsOfRound), steps);
  }
}
