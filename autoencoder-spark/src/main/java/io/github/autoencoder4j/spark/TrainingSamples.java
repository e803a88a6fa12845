package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import org.apache.spark.api.java.JavaRDD;

/** What workers train on. */
interface TrainingSamples extends AutoCloseable {

  /** One element a partition; of those without samples too. */
  JavaRDD<WorkerSamples> rdd();

  /** The partitions that have samples. */
  Worker[] workers();

  /** Samples from all over the data. */
  ImageSource spread();

  /**
   * Looks at all values.
   *
   * @throws io.github.autoencoder4j.exception.UnusableDataException if one lies outside of the
   *     range
   */
  void requireRange(ValueRange range);

  @Override
  void close();
}
