package io.github.autoencoder4j.internal.onednn;

import java.util.List;

/** One thing that a program does on each run. */
@FunctionalInterface
interface Step {

  /**
   * Does it.
   *
   * @param iteration the number of the training step, which chooses what is drawn at random
   */
  void run(int iteration);

  /** The tensors that it reads or writes, but for those that the program keeps. */
  default List<Tensor> uses() {
    return List.of();
  }
}
