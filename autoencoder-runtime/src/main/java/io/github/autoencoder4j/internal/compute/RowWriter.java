package io.github.autoencoder4j.internal.compute;

import java.nio.FloatBuffer;

/** Takes the results of a batch one by one. */
@FunctionalInterface
public interface RowWriter {

  /**
   * Takes one.
   *
   * @param row its position in the batch, from 0
   * @param values stands at its first value; valid during the call
   */
  void write(int row, FloatBuffer values);
}
