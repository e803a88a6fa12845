package io.github.autoencoder4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** One of those compared, inside its own JVM. Used by one thread. */
interface Peer extends AutoCloseable {

  /**
   * Does a job until the seconds are over, at least one batch of it.
   *
   * @param job one that this peer does
   * @param seconds for how long
   * @return how much was done in what time
   */
  Work run(Job job, double seconds) throws IOException;

  /**
   * Trains a fresh network on batches that all peers see in the same order.
   *
   * @param network which
   * @param steps how many batches
   * @param start a file with the first weights: written by our peer, read by the others
   * @return the loss of each batch before its step
   */
  default double[] learn(ReferenceNetwork network, int steps, Path start) throws IOException {
    throw new UnsupportedOperationException("learning is compared between ours and PyTorch only");
  }

  @Override
  default void close() {}
}
