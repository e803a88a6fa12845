package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.onednn.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pieces of a job side by side: on the thread that asks, and on threads of its own that
 * native code gives one core each.
 *
 * <p>Waking a thread that sleeps takes longer than a small batch, so after a job a thread looks out
 * for the next one for a moment before it sleeps, and it ends when nothing has come for long. Any
 * number of callers may ask at once: whoever finds no thread idle does its pieces itself.
 */
final class Lanes {

  /** How long a thread, and a caller at the end of its job, looks out instead of sleeping. */
  private static final long LOOKOUT_NANOS = 50_000;

  private static final long KEEP_NANOS = 2_000_000_000L;

  static final Lanes SHARED = new Lanes(KEEP_NANOS);

  private final long keepNanos;
  private final List<Lane> lanes = new ArrayList<>();

  /**
   * Starts without threads.
   *
   * @param keepNanos for how long a thread without work is kept
   */
  Lanes(long keepNanos) {
    this.keepNanos = keepNanos;
  }

  /**
   * Does all pieces of a job, each on one core, and returns when all are done.
   *
   * @param pieces how many
   * @param width how many run at a time, the caller's among them
   * @param piece does the one with a number, from 0
   * @throws RuntimeException what the first piece that failed threw, or an error; pieces that had
   *     not begun by then are left out
   */
  void run(int pieces, int width, IntConsumer piece) {
    Job job = new Job(pieces, piece);
    int helpers = Math.min(pieces, width) - 1;
    if (helpers > 0) {
      hand(job, helpers, width);
    }
    NativeBackend.onThreads(1, job::work);
    job.await();
  }

  /** So many threads at a time, the caller's among them. */
  Parallel workers(int count) {
    return new Parallel() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public void run(int pieces, IntConsumer piece) {
        Lanes.this.run(pieces, count, piece);
      }
    };
  }

  private void hand(Job job, int helpers, int width) {
    int taken = 0;
    synchronized (lanes) {
      for (Lane lane : lanes) {
        if (taken < helpers && lane.offer(job)) {
          taken++;
        }
      }
      while (taken < helpers && lanes.size() < width - 1) {
        Lane lane = new Lane(job);
        try {
          lane.start();
        } catch (OutOfMemoryError e) {
          // The system gives no more threads; the caller can do it alone.
          return;
        }
        lanes.add(lane);
        taken++;
      }
    }
  }

  private static final class Job {

    private final int pieces;
    private final IntConsumer piece;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;
    private final Thread caller = Thread.currentThread();
    private final @Nullable Object scope = CallScope.current();
    private volatile @Nullable Throwable failure;

    Job(int pieces, IntConsumer piece) {
      this.pieces = pieces;
      this.piece = piece;
      this.left = new AtomicInteger(pieces);
    }

    /** Works as the caller does, for the same call. */
    void help() {
      CallScope.run(scope, this::work);
    }

    /** Does pieces until none is left to begin. */
    void work() {
      for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
        try {
          if (failure == null) {
            piece.accept(i);
          }
        } catch (Throwable e) {
          fail(e);
        }
        if (left.decrementAndGet() == 0) {
          LockSupport.unpark(caller);
        }
      }
    }

    private synchronized void fail(Throwable e) {
      if (failure == null) {
        failure = e;
      }
    }

    void await() {
      long start = System.nanoTime();
      boolean interrupted = false;
      while (left.get() > 0) {
        if (System.nanoTime() - start < LOOKOUT_NANOS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          // An interrupt would end every sleep at once; remembered, not obeyed.
          interrupted |= Thread.interrupted();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      Throwable thrown = failure;
      if (thrown instanceof Error e) {
        throw e;
      }
      if (thrown != null) {
        throw (RuntimeException) thrown;
      }
    }
  }

  private final class Lane extends Thread {

    private final AtomicReference<@Nullable Job> slot;
    private volatile boolean sleeping;

    Lane(Job first) {
      super(null, null, "autoencoder-lane", 0, /* inheritThreadLocals= */ false);
      setDaemon(true);
      // Nobody's classes are kept from being unloaded by a thread that waits.
      setContextClassLoader(null);
      slot = new AtomicReference<>(first);
    }

    boolean offer(Job job) {
      if (!slot.compareAndSet(null, job)) {
        return false;
      }
      if (sleeping) {
        LockSupport.unpark(this);
      }
      return true;
    }

    @Override
    public void run() {
      NativeBackend.onThreads(1, this::serve);
    }

    private void serve() {
      long idleSince = System.nanoTime();
      while (true) {
        Job job = slot.get();
        if (job != null) {
          job.help();
          slot.set(null);
          idleSince = System.nanoTime();
          continue;
        }
        long idle = System.nanoTime() - idleSince;
        if (idle < LOOKOUT_NANOS) {
          Thread.onSpinWait();
        } else if (idle < keepNanos) {
          sleeping = true;
          if (slot.get() == null) {
            LockSupport.parkNanos(this, keepNanos - idle);
          }
          sleeping = false;
        } else if (leave()) {
          return;
        }
      }
    }

    /** False if somebody was quicker with another job. */
    private boolean leave() {
      synchronized (lanes) {
        return slot.get() == null && lanes.remove(this);
      }
    }
  }
}
