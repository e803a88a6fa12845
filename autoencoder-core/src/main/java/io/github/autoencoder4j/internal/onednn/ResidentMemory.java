package io.github.autoencoder4j.internal.onednn;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a process from growing by native memory that nobody uses any more. To the garbage collector
 * a network is a few small objects, so it leaves hundreds of megabytes behind those that nobody has
 * closed for as long as the heap has room; and what is freed, the C library may keep.
 */
public final class ResidentMemory {

  private static final Logger LOG = LoggerFactory.getLogger(ResidentMemory.class);

  /** How much a process may grow: a part of the heap, for who gives Java little has little. */
  private static final long GROWTH = Runtime.getRuntime().maxMemory() / 8;

  private static final long WAIT_NANOS = 5_000_000;
  private static final int MOST_WAITS = 20;

  /** The least that the process has had beside its heap since it was cleared last. */
  private static long least = Long.MAX_VALUE;

  private ResidentMemory() {}

  /**
   * Has the collector look for networks that nobody holds, and gives what is free back to the
   * system, if the process has grown by an eighth of the heap since that was last done. To be
   * called before much native memory is allocated.
   */
  public static synchronized void makeRoom() {
    if (hasGrown()) {
      System.gc();
      awaitDeallocation();
      trim();
    }
  }

  /**
   * Gives what is free back to the system if the process has grown as much, and leaves the
   * collector alone. To be called where much native memory was just freed.
   */
  public static synchronized void giveBack() {
    if (hasGrown()) {
      trim();
    }
  }

  private static boolean hasGrown() {
    long now = beyondHeap();
    least = Math.min(least, now);
    return now - least > GROWTH;
  }

  /** A heap that grows is no reason to collect what is in it. */
  private static long beyondHeap() {
    return Pointer.physicalBytes() - Runtime.getRuntime().totalMemory();
  }

  /** What the collector found is freed by a thread of JavaCPP's. */
  private static void awaitDeallocation() {
    long before = Long.MAX_VALUE;
    long left = Pointer.totalCount();
    for (int i = 0; i < MOST_WAITS && left < before; i++) {
      LockSupport.parkNanos(WAIT_NANOS);
      before = left;
      left = Pointer.totalCount();
    }
  }

  /**
   * Begins to count growth anew. The command is one of newer JVMs on Linux with the GNU C library;
   * elsewhere the memory is there for the next network.
   */
  private static void trim() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              new Object[0],
              new String[0]);
    } catch (JMException | RuntimeException e) {
      LOG.debug("free memory is not given back to the system: {}", e.toString());
    }
    least = beyondHeap();
  }
}
