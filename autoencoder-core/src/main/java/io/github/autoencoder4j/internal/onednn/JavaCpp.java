package io.github.autoencoder4j.internal.onednn;

import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** JavaCPP, which loads native libraries and bounds the memory of the process that has them. */
public final class JavaCpp {

  /**
   * What native libraries, weights and batches need beside a small heap. JavaCPP's own bound is
   * four times the heap, of which the libraries alone take more where that is small.
   */
  private static final long LEAST_BYTES = 1L << 30;

  /** Causes may go round in circles. */
  private static final int MOST_CAUSES = 100;

  private static final String LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

  /** What may be set by whoever starts Java, in each of its spellings. */
  private static final String[] LIMITS = {
    LIMIT,
    "org.bytedeco.javacpp.maxPhysicalBytes",
    "org.bytedeco.javacpp.maxbytes",
    "org.bytedeco.javacpp.maxBytes"
  };

  private JavaCpp() {}

  /**
   * Loads native libraries, on a thread that nobody can interrupt: they are unpacked under the lock
   * of a file, which an interrupt breaks, and what could not be loaded once never can be again.
   *
   * @param <T> what comes of it
   * @param loading uses them for the first time
   * @return what came of it
   * @throws RuntimeException what {@code loading} threw, or an error
   */
  public static <T> T load(Supplier<T> loading) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              raiseLimit();
              return loading.get();
            });
    Thread thread = new Thread(task, "autoencoder-natives");
    thread.setDaemon(true);
    thread.start();
    try {
      return Objects.requireNonNull(Uninterruptibles.getUninterruptibly(task));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      // The supplier can throw nothing else.
      throw (RuntimeException) e.getCause();
    }
  }

  /** Without effect if somebody has used JavaCPP before, or has said what it is to be. */
  private static synchronized void raiseLimit() {
    for (String property : LIMITS) {
      if (System.getProperty(property) != null) {
        return;
      }
    }
    long least = Math.min(LEAST_BYTES, machineBytes());
    if (4 * Runtime.getRuntime().maxMemory() < least) {
      System.setProperty(LIMIT, Long.toString(least));
      try {
        // Read once, when the class is initialised.
        Pointer.maxPhysicalBytes();
      } finally {
        System.clearProperty(LIMIT);
      }
    }
  }

  /**
   * How much memory the machine has, or the container.
   *
   * @return bytes; {@link Long#MAX_VALUE} if the JVM cannot say
   */
  public static long machineBytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  /**
   * Returns what to throw in place of a failure: itself, unless JavaCPP refused memory, whose
   * message speaks of limits that nobody has set.
   *
   * @param thrown an unchecked exception or an error
   * @return {@code thrown} itself if it is an exception of another kind
   * @throws Error {@code thrown} itself if it is an error of another kind, or an {@link
   *     OutOfMemoryError} that says what to do
   */
  public static RuntimeException explained(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError && isLimit(cause.getMessage())) {
        OutOfMemoryError explained = new OutOfMemoryError(explanation(thrown));
        explained.initCause(thrown);
        throw explained;
      }
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  private static boolean isLimit(@Nullable String message) {
    return message != null
        && (message.startsWith("Physical memory usage is too high")
            || message.startsWith("Failed to allocate memory within limits"));
  }

  private static String explanation(Throwable thrown) {
    return String.format(
        Locale.ROOT,
        "native memory has run out: this process has %,d MB, and JavaCPP allows it %,d MB (%s). The"
            + " bound counts heap, libraries, weights and batches, and is four times -Xmx unless it"
            + " is set. Start Java with -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 for no bound, or a"
            + " number such as 2g; or use smaller batches, and close() autoencoders that are no longer"
            + " needed",
        Pointer.physicalBytes() >> 20,
        Pointer.maxPhysicalBytes() >> 20,
        thrown.getMessage());
  }
}
