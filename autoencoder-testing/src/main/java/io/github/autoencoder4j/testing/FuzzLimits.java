package io.github.autoencoder4j.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Holds what one input costs against what any input may cost. */
final class FuzzLimits {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Of the processor, not of the clock, which others delay too. */
  private static final long NANOSECONDS = 1_000_000_000L;

  private static final long ALLOWANCE = 32 << 20;
  private static final int BYTES_A_BYTE = 64;

  private FuzzLimits() {}

  /** What an input costs only the first time, such as the loading of classes, is not its fault. */
  static void read(FuzzTarget target, byte[] input, boolean thorough) throws Exception {
    if (excess(target, input, thorough) != null) {
      String excess = excess(target, input, thorough);
      if (excess != null) {
        throw new AssertionError(excess);
      }
    }
  }

  private static @Nullable String excess(FuzzTarget target, byte[] input, boolean thorough)
      throws Exception {
    long thread = Thread.currentThread().getId();
    long time = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    target.read(input, thorough);
    allocated = THREADS.getThreadAllocatedBytes(thread) - allocated;
    time = THREADS.getCurrentThreadCpuTime() - time;
    if (allocated <= ALLOWANCE + (long) BYTES_A_BYTE * input.length && time <= NANOSECONDS) {
      return null;
    }
    return "%,d bytes of input took %,d bytes of memory and %,d ns"
        .formatted(input.length, allocated, time);
  }
}
