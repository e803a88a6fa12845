package io.github.autoencoder4j.internal.onednn;

import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one program that a second thread does beside the one that runs it, if it is there and in
 * time. It is waited for no longer than a part takes: a thread that is not scheduled any more holds
 * up nobody, since the caller then computes the part again, elsewhere, by the same kernel. So who
 * computed it shows in no bit.
 */
final class SideWork implements Runnable {

  /** How long the second thread looks out for a part before it leaves. */
  private static final long LOOKOUT_NANOS = 50_000;

  /** What a hand-over between cores takes at most. */
  private static final long HANDOVER_NANOS = 2_000;

  private final Parallel threads;
  private final Object used;
  private final AtomicReference<@Nullable Part> offered = new AtomicReference<>();

  /** Whether a thread has been lent and has not left yet. */
  private volatile boolean present;

  /** Whether it is to leave. */
  private volatile boolean over;

  /** Whether it is there for this run; known to the caller alone. */
  private boolean joined;

  private long offeredAt;

  /**
   * Starts without a second thread.
   *
   * @param threads lends one
   * @param used whatever has the memory of the parts, which must not go while they are done
   */
  SideWork(Parallel threads, Object used) {
    this.threads = threads;
    this.used = used;
  }

  /** One part. What it reads and writes has to have a place of its own. */
  static final class Part {

    private final Step step;
    private volatile boolean done;

    Part(Step step) {
      this.step = step;
    }
  }

  /** Lets the second thread begin a part; {@link #isDone} says what became of it. */
  void offer(Part part) {
    if (!joined && !present) {
      over = false;
      present = true;
      joined = threads.lend(this);
      if (!joined) {
        present = false;
      }
    }
    if (joined) {
      part.done = false;
      offeredAt = System.nanoTime();
      offered.set(part);
    }
  }

  /**
   * Whether the part offered last is done; waits a little if it is being done.
   *
   * @return false if the caller has to do it, in another place
   */
  boolean isDone(Part part) {
    if (!joined || offered.compareAndSet(part, null)) {
      return false;
    }
    long now = System.nanoTime();
    // As long as the caller took for as much.
    long end = now + (now - offeredAt) + HANDOVER_NANOS;
    while (!part.done) {
      if (System.nanoTime() - end > 0) {
        // What it is still at may be overwritten at any time, so it must not be given more.
        leave();
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  /** Sends the second thread away at the end of a run, or tells it not to come. */
  void leave() {
    over = true;
    if (joined && threads.takeBack(this)) {
      present = false;
    }
    joined = false;
  }

  /** Waits until the second thread has left, so that what it uses can be freed. */
  void await() {
    leave();
    while (present) {
      Thread.onSpinWait();
    }
  }

  /** What the second thread does. */
  @Override
  public void run() {
    try {
      long idleSince = System.nanoTime();
      while (!over && System.nanoTime() - idleSince < LOOKOUT_NANOS) {
        Part part = offered.get();
        if (part != null && offered.compareAndSet(part, null)) {
          part.step.run(0);
          part.done = true;
          idleSince = System.nanoTime();
        } else {
          Thread.onSpinWait();
        }
      }
    } catch (RuntimeException e) {
      // The part is not done, so the caller does it, and meets the same.
    } finally {
      // The caller may be gone by now, and all that belonged to it.
      Reference.reachabilityFence(used);
      present = false;
    }
  }
}
