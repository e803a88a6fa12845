package io.github.autoencoder4j.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Holds what one input costs against what any input may cost. */
final class FuzzLimits {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Of the processor, not of the clock, which others delay too. */
  private static final long NANOSECONDS = 1_000_000_000L;

  /** How much of an archive is read depends on the heap, and so does how long that may take. */
  private static final long NANOSECONDS_OF_BUILT_FILES_IN_A_LARGE_HEAP = 10 * NANOSECONDS;

  private static final long ALLOWANCE = 32 << 20;

  private static final int BYTES_A_BYTE = 64;

  /** Of the process, native memory and all, in a JVM whose heap is as small as is promised. */
  private static final long RESIDENT = 512L << 20;

  private static final boolean SMALL = Runtime.getRuntime().maxMemory() <= 128 << 20;

  private static long slowest;

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
    long size = target.prepare(input);
    long time = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    target.read(input, thorough);
    allocated = THREADS.getThreadAllocatedBytes(thread) - allocated;
    time = THREADS.getCurrentThreadCpuTime() - time;
    slowest = Math.max(slowest, time);
    long resident = SMALL ? ProcessMemory.peak() : 0;
    // Files that were built may have thousands of entries or layers, of which most is soon garbage.
    boolean bounded = !FuzzInputs.isBuilt(input);
    if ((!bounded || allocated <= ALLOWANCE + BYTES_A_BYTE * size)
        && time <= (bounded || SMALL ? NANOSECONDS : NANOSECONDS_OF_BUILT_FILES_IN_A_LARGE_HEAP)
        && resident <= RESIDENT) {
      return null;
    }
    return "%,d bytes of input took %,d bytes of memory and %,d ns; the process took up to %,d bytes"
        .formatted(size, allocated, time, resident);
  }

  /** The longest time that an input took, in nanoseconds. */
  static long slowest() {
    return slowest;
  }
}
