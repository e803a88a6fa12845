package io.github.autoencoder4j.internal.samples;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Looks at samples on all cores. A parallel stream alone gives its caller a copy of what was thrown
 * on another thread; here it is what was thrown.
 */
public final class ParallelReading {

  private ParallelReading() {}

  /**
   * Visits the numbers from 0 on, in any order.
   *
   * @param n how many
   * @param visitor told of each, by several threads at once
   * @throws RuntimeException what the visitor threw first, or an error; numbers that had not been
   *     begun by then are left out
   */
  public static void forEach(int n, IntConsumer visitor) {
    AtomicReference<RuntimeException> exception = new AtomicReference<>();
    AtomicReference<Error> error = new AtomicReference<>();
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              if (exception.get() == null && error.get() == null) {
                try {
                  visitor.accept(i);
                } catch (RuntimeException e) {
                  exception.compareAndSet(null, e);
                } catch (Error e) {
                  error.compareAndSet(null, e);
                }
              }
            });
    if (error.get() != null) {
      throw error.get();
    }
    if (exception.get() != null) {
      throw exception.get();
    }
  }
}
