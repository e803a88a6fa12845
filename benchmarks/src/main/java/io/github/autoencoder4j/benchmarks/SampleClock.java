package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;

/**
 * Counts batches from the end of the first one on, so that a run's start and end, which real runs
 * have once, are not charged to seconds of it.
 */
final class SampleClock implements TrainingListener {

  private final long nanos;
  private long start;
  private long last;
  private int batches;

  private SampleClock(double seconds) {
    this.nanos = (long) (seconds * 1e9);
  }

  /**
   * Trains for some seconds.
   *
   * @param autoencoder trained further
   * @param images whole batches
   * @param batch samples in each
   * @param seconds for how long; at least one batch is timed
   */
  static Work train(Autoencoder autoencoder, ImageSource images, int batch, double seconds) {
    SampleClock clock = new SampleClock(seconds);
    autoencoder.fit(
        images,
        Training.epochs(1_000_000)
            .batchSize(batch)
            .listener(clock)
            .cancelWhen(() -> clock.batches > 0 && clock.last - clock.start >= clock.nanos));
    return new Work((double) clock.batches * batch, (clock.last - clock.start) / 1e9);
  }

  @Override
  public void onBatchEnd(BatchEnd event) {
    last = System.nanoTime();
    if (start == 0) {
      start = last;
    } else {
      batches++;
    }
  }
}
