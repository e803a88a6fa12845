package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.lang.management.ManagementFactory;

/**
 * A program that trains the first batch and ends, in a JVM of its own: prints when it got how far,
 * in milliseconds since 1970, and how many classes it took.
 */
final class StartUpProbe {

  private StartUpProbe() {}

  /**
   * Trains one batch.
   *
   * @param args none
   */
  public static void main(String[] args) {
    long main = System.currentTimeMillis();
    ImageSource digits = Mnist.train();
    long data = System.currentTimeMillis();
    Autoencoder autoencoder = ReferenceNetwork.DENSE.autoencoder();
    long[] firstBatch = {0};
    autoencoder.fit(
        // Judging an epoch is not part of the first batch, and neither is hashing all the data.
        digits.slice(0, ReferenceNetwork.DENSE.batch()),
        Training.epochs(1)
            .batchSize(ReferenceNetwork.DENSE.batch())
            .listener(
                new TrainingListener() {
                  @Override
                  public void onBatchEnd(BatchEnd event) {
                    firstBatch[0] = System.currentTimeMillis();
                  }
                })
            .cancelWhen(() -> firstBatch[0] != 0));
    System.out.printf(
        "= %d %d %d %d%n",
        main,
        data,
        firstBatch[0],
        ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
    System.out.flush();
    // Native libraries may have left threads behind.
    System.exit(0);
  }
}
