package io.github.autoencoder4j.internal.onednn;

/** One thing that a program does on each run. */
@FunctionalInterface
interface Step {

  /**
   * Does it.
   *
   * @param iteration the number of the training step, which chooses what is drawn at random
   */
  void run(int iteration);
}
