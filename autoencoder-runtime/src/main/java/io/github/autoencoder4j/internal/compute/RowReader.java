package io.github.autoencoder4j.internal.compute;

import io.github.autoencoder4j.internal.samples.SampleMemory;

/** Gives the samples of a batch one by one, each put where the network is to find it. */
@FunctionalInterface
public interface RowReader {

  /**
   * Reads one.
   *
   * @param row its position in the batch, from 0
   * @param memory receives it
   * @param at the position of its first value there
   */
  void read(int row, SampleMemory memory, int at);
}
