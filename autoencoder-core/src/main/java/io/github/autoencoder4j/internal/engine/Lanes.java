package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.onednn.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
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

  /** Callers who ask for a thread so soon after one another follow closely. */
  private static final long CLOSELY_NANOS = 1_000_000;

  /** As often as this in a row a thread has to be asked for before one is woken for it. */
  private static final int WORTH_WAKING = 32;

  private final long keepNanos;
  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger callers = new AtomicInteger();

  /** How often a thread was asked for by those who follow closely on one another. */
  private int asked;

  private long askedAt;

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
    if (pieces == 0) {
      return;
    }
    Job job = new Job(pieces, piece);
    int helpers = Math.min(pieces, width) - 1;
    callers.incrementAndGet();
    try {
      if (helpers > 0) {
        share(job, helpers, width);
      }
      NativeBackend.onThreads(1, job::work);
      job.await();
    } finally {
      callers.decrementAndGet();
      if (helpers > 0) {
        withdraw(job);
      }
    }
  }

  /**
   * Has one thread do something beside the caller, who runs a piece, if there is one to spare: not
   * where each core has a caller of its own, and one that sleeps only for a caller who asks again
   * and again.
   *
   * @param width how many run at a time, the caller's among them
   * @param work what to do
   * @return false, and nothing was begun, if there is none
   */
  private boolean lend(int width, Runnable work) {
    if (Math.max(1, callers.get()) >= width) {
      return false;
    }
    synchronized (lanes) {
      long now = System.nanoTime();
      asked = now - askedAt < CLOSELY_NANOS ? asked + 1 : 0;
      askedAt = now;
      return hand(work, 1, width, asked >= WORTH_WAKING) == 1;
    }
  }

  /** So many threads at a time, the caller's among them. */
  Parallel workers(int count) {
    return new Caller(() -> count) {
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

  /** The caller alone, to whom a thread may be lent where so many run at a time. */
  Parallel caller(IntSupplier width) {
    return new Caller(width);
  }

  private class Caller implements Parallel {

    private final IntSupplier width;

    Caller(IntSupplier width) {
      this.width = width;
    }

    @Override
    public boolean lend(Runnable work) {
      return Lanes.this.lend(width.getAsInt(), work);
    }

    @Override
    public boolean takeBack(Runnable work) {
      return withdraw(work);
    }
  }

  /**
   * Hands it to so many threads that have nothing to do, and says to how many. Whoever calls it has
   * the lock of the threads.
   */
  private int hand(Runnable job, int helpers, int width, boolean waking) {
    int taken = 0;
    for (Lane lane : lanes) {
      if (taken < helpers && (waking || !lane.sleeping) && lane.offer(job)) {
        taken++;
      }
    }
    while (waking && taken < helpers && lanes.size() < width - 1) {
      Lane lane = new Lane(job);
      try {
        lane.start();
      } catch (OutOfMemoryError e) {
        // The system gives no more threads; the caller can do it alone.
        return taken;
      }
      lanes.add(lane);
      taken++;
    }
    return taken;
  }

  /**
   * Hands it to so many threads, and if fewer have nothing to do, to some that are at work, for
   * when they are done. One that has done the last piece of a job, whose caller comes with the next
   * at once, is among them.
   */
  private void share(Job job, int helpers, int width) {
    synchronized (lanes) {
      int missing = helpers - hand(job, helpers, width, true);
      for (Lane lane : lanes) {
        if (missing > 0 && lane.queue(job)) {
          missing--;
        }
      }
    }
  }

  /**
   * Takes it back from threads that have not come to it, which may take as long to wake as a small
   * job takes, and so makes room for the next. Says whether there was any.
   */
  private boolean withdraw(Runnable job) {
    boolean found = false;
    synchronized (lanes) {
      for (Lane lane : lanes) {
        found |= lane.slot.compareAndSet(job, null);
      }
    }
    return found;
  }

  private static final class Job implements Runnable {

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
    @Override
    public void run() {
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

    /** What is next. */
    private final AtomicReference<@Nullable Runnable> slot;

    private volatile boolean busy;
    private volatile boolean sleeping;

    Lane(Runnable first) {
      super(null, null, "autoencoder-lane", 0, /* inheritThreadLocals= */ false);
      setDaemon(true);
      // Nobody's classes are kept from being unloaded by a thread that waits.
      setContextClassLoader(null);
      slot = new AtomicReference<>(first);
    }

    /** Takes it on if it has nothing to do; what it began a moment ago may have made room. */
    boolean offer(Runnable job) {
      return queue(job) && !(busy && slot.compareAndSet(job, null));
    }

    /** Takes it on for when it is done with what it does. */
    boolean queue(Runnable job) {
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
        Runnable job = slot.get();
        if (job != null) {
          busy = true;
          // Unless its caller has taken it back.
          if (slot.compareAndSet(job, null)) {
            job.run();
          }
          busy = false;
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
          if (System.nanoTime() - idleSince < keepNanos) {
            // Who woke it may have taken the work back by now, but comes again soon.
            idleSince = System.nanoTime();
          }
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
