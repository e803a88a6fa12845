package io.github.autoencoder4j.testing;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Ends the JVM when an input never does. The time is counted in naps of this thread, which does not
 * nap while the process is stopped or the machine sleeps, as the clock of the fuzzer would have it.
 */
final class HangWatch {

  private static final int SECONDS = 60;
  private static final int STATUS = 70;

  private final Thread reader = Thread.currentThread();
  private volatile byte @Nullable [] input;

  private HangWatch() {}

  /** Watches the thread that calls this. */
  static HangWatch start() {
    HangWatch watch = new HangWatch();
    Thread thread = new Thread(watch::run, "fuzz-hang-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  void begin(byte[] next) {
    input = next;
  }

  void end() {
    input = null;
  }

  private void run() {
    byte[] last = new byte[0];
    int naps = 0;
    while (naps < SECONDS) {
      try {
        Thread.sleep(1_000);
      } catch (InterruptedException e) {
        return;
      }
      byte[] now = input;
      naps = now == last ? naps + 1 : 0;
      last = now == null ? new byte[0] : now;
    }
    System.err.println("== an input never ends; in Base64:");
    System.err.println(Base64.getEncoder().encodeToString(last));
    for (StackTraceElement frame : reader.getStackTrace()) {
      System.err.println("    at " + frame);
    }
    Runtime.getRuntime().halt(STATUS);
  }
}
