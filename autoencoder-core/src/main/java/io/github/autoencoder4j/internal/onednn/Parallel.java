package io.github.autoencoder4j.internal.onednn;

import java.util.function.IntConsumer;

/**
 * Threads that do the pieces of a job side by side; if nothing else is said, the caller's alone.
 */
public interface Parallel {

  /** The thread that asks, alone. */
  Parallel CALLER = new Parallel() {};

  /**
   * How many there are.
   *
   * @return at least 1
   */
  default int count() {
    return 1;
  }

  /**
   * Does all pieces, each on one core, and returns when all are done.
   *
   * @param pieces how many
   * @param piece does the one with a number, from 0
   */
  default void run(int pieces, IntConsumer piece) {
    for (int i = 0; i < pieces; i++) {
      piece.accept(i);
    }
  }

  /**
   * Has another thread do something beside the one that asks, on a core of its own.
   *
   * @param work ends soon when it is not needed any more, and throws nothing
   * @return false, and nothing was begun, if no thread is at hand
   */
  default boolean lend(Runnable work) {
    return false;
  }

  /**
   * Takes back what was lent, since it is not needed any more.
   *
   * @param work what was to be done
   * @return whether it had not begun, and never will
   */
  default boolean takeBack(Runnable work) {
    return false;
  }
}
