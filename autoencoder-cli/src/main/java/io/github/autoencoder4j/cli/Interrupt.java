package io.github.autoencoder4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Makes Ctrl-C a wish to stop soon, and keeps the JVM alive until what there is was saved. */
final class Interrupt implements AutoCloseable {

  private static final int GRACE_SECONDS = 30;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean wished;
  private final Thread hook = new Thread(this::await, "autoencoder-interrupt");

  Interrupt() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    wished = true;
    try {
      if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("autoencoder: training did not stop in time; nothing was saved");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether somebody pressed Ctrl-C, or ended the process politely. */
  boolean isWished() {
    return wished;
  }

  @Override
  public void close() {
    finished.countDown();
    if (!wished) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
