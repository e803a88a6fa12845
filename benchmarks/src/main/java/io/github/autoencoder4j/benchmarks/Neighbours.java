package io.github.autoencoder4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;

/** Others on the machine, each of which would like a processor for itself. */
final class Neighbours implements AutoCloseable {

  private final List<Thread> threads = new ArrayList<>();
  private final DoubleAdder sum = new DoubleAdder();
  private volatile boolean over;

  /** Lets them begin. */
  Neighbours(int count) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::compute, "neighbour-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void compute() {
    while (!over) {
      double value = 0;
      for (int i = 1; i <= 10_000; i++) {
        value += 1.0 / i;
      }
      // So that no compiler leaves it out.
      sum.add(value);
    }
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
