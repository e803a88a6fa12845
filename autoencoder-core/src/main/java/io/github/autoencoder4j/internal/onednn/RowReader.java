package io.github.autoencoder4j.internal.onednn;

/** Gives the samples of a batch one by one, so that they need not lie side by side anywhere. */
@FunctionalInterface
public interface RowReader {

  /**
   * Reads one.
   *
   * @param row its position in the batch, from 0
   * @param values receives it; of its length
   */
  void read(int row, float[] values);
}
