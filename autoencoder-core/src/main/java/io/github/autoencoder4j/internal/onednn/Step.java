package io.github.autoencoder4j.internal.onednn;

import java.util.List;
import java.util.function.IntConsumer;

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

  /** One that uses some tensors of its program. */
  static Step of(List<Tensor> uses, IntConsumer run) {
    return new Step() {
      @Override
      public void run(int iteration) {
        run.accept(iteration);
      }

      @Override
      public List<Tensor> uses() {
        return uses;
      }
    };
  }
}
