package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.internal.onednn.JavaCpp;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Native libraries are loaded where no interrupt reaches. */
class NativeLoadingTest {

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void anInterruptOfWhoeverWaitsIsNotSeenAndKept() {
    Thread caller = Thread.currentThread();
    boolean[] seen = new boolean[2];
    String result =
        JavaCpp.load(
            () -> {
              caller.interrupt();
              seen[0] = Thread.currentThread() != caller;
              seen[1] = Thread.currentThread().isInterrupted();
              return "loaded";
            });
    assertThat(result).isEqualTo("loaded");
    assertThat(seen).containsExactly(true, false);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatIsThrownIsPassedOnAsItIs() {
    for (Throwable thrown :
        new Throwable[] {new UnsatisfiedLinkError("none"), new CancellationException("never")}) {
      assertThatThrownBy(
              () ->
                  JavaCpp.load(
                      () -> {
                        if (thrown instanceof Error error) {
                          throw error;
                        }
                        throw (RuntimeException) thrown;
                      }))
          .isSameAs(thrown);
    }
  }
}
