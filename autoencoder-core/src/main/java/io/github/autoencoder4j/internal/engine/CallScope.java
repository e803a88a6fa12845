package io.github.autoencoder4j.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * The call that a thread works for: its own, or that of the thread it helps. So what a source or a
 * listener calls can be told from what others call, whichever thread it runs on.
 */
public final class CallScope {

  // Set to null, not removed, which would cost more; an entry without a value holds nothing.
  private static final ThreadLocal<@Nullable Object> CURRENT = new ThreadLocal<>();

  private CallScope() {}

  /**
   * The innermost call that this thread works for.
   *
   * @return null if it works for nobody
   */
  public static @Nullable Object current() {
    return CURRENT.get();
  }

  /**
   * Lets this thread work for a call.
   *
   * @param call the call, or null for nobody
   * @return the one before, to be set again afterwards
   */
  public static @Nullable Object set(@Nullable Object call) {
    Object before = CURRENT.get();
    CURRENT.set(call);
    return before;
  }

  /**
   * Lets this thread work for a call until an action ends.
   *
   * @param call the call, or null for nobody
   * @param action what to do
   */
  public static void run(@Nullable Object call, Runnable action) {
    Object before = set(call);
    try {
      action.run();
    } finally {
      set(before);
    }
  }
}
