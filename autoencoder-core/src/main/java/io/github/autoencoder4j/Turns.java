package io.github.autoencoder4j;

import io.github.autoencoder4j.internal.engine.CallScope;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is with the weights of one autoencoder: many calls may read them at once, or one
 * may change them.
 *
 * <p>Sources, listeners and consumers of rows are code of others within our calls, and may call
 * whatever they like, on whatever thread they run. Nothing waits for itself all the same, because
 * nobody who might be waited for waits:
 *
 * <ul>
 *   <li>Who reads never waits. While weights are being changed, others than the thread that changes
 *       them read a copy of what they were before.
 *   <li>Who changes weights waits until those who read them have ended, and until it is his turn;
 *       but within another call he is refused where he would have to wait for something that may
 *       wait for him.
 * </ul>
 *
 * <p>What is left is a thread that a listener or a source starts and waits for itself; an interrupt
 * ends that.
 */
final class Turns implements AutoCloseable {

  /** The weights. */
  interface Weights {

    /** What they are now, or null if they mean nothing yet. */
    @Nullable Trained now();

    /** Frees them. */
    void free();
  }

  /** One call, on the thread that made it and on those that work for it. */
  private static final class Call {

    private final Turns turns;
    private final Thread thread = Thread.currentThread();

    /** What it reads; null if it changes the weights. */
    private final @Nullable Trained read;

    private final @Nullable Call around = current();

    private Call(Turns turns, @Nullable Trained read) {
      this.turns = turns;
      this.read = read;
    }
  }

  /** Weights as they were before a change, for as long as anybody reads them. */
  private static final class Copy {

    /** Null if they meant nothing. */
    private final @Nullable Supplier<Trained> maker;

    private @Nullable Trained made;
    private int readers;

    private Copy(@Nullable Trained before) {
      maker = before == null ? null : before.copy();
    }

    /** Most often nobody asks while weights are being changed. */
    private synchronized Trained trained() {
      Trained trained = made;
      if (trained == null) {
        trained = Objects.requireNonNull(maker).get();
        made = trained;
      }
      return trained;
    }

    private void free() {
      Trained trained = made;
      made = null;
      if (trained != null) {
        trained.engine().close();
      }
    }
  }

  private final Weights weights;
  private boolean changing;
  private int readers;
  private @Nullable Copy copy;
  private boolean closed;

  Turns(Weights weights) {
    this.weights = weights;
  }

  private static @Nullable Call current() {
    return (Call) CallScope.current();
  }

  /** The innermost call that uses these weights and that this thread works for. */
  private @Nullable Call enclosing() {
    Call call = current();
    while (call != null && call.turns != this) {
      call = call.around;
    }
    return call;
  }

  /** Whether this thread works for a call that reads weights, of whatever autoencoder. */
  private static boolean isReading() {
    Call call = current();
    while (call != null && call.read == null) {
      call = call.around;
    }
    return call != null;
  }

  /** Whether a call changes the weights on this very thread, which now stands between two steps. */
  private static boolean isOwn(@Nullable Call outer) {
    return outer != null && outer.read == null && outer.thread == Thread.currentThread();
  }

  /** Whether there is something to read. */
  synchronized boolean isTrained() {
    if (closed) {
      return false;
    }
    Copy before = copy;
    if (before == null || isOwn(enclosing())) {
      return weights.now() != null;
    }
    return before.maker != null;
  }

  /**
   * Makes sure that there is something to read.
   *
   * @throws IllegalStateException if there is not, or it was freed
   */
  synchronized void requireTrained() {
    requireOpen();
    Copy before = copy;
    if (before == null || isOwn(enclosing())) {
      now();
    } else if (before.maker == null) {
      throw new IllegalStateException(
          "this autoencoder has not been trained before, and is only now being trained, so its codes"
              + " mean nothing yet; ask again when fit(...) has returned");
    }
  }

  /**
   * Reads the weights.
   *
   * @throws IllegalStateException if there are none to read, or they were freed
   */
  <T> T read(Function<Trained, T> question) {
    Call outer = enclosing();
    if (outer != null && outer.read != null) {
      // They are kept for the outer call, which does not end before this one.
      return within(outer.read, question);
    }
    if (isOwn(outer)) {
      return within(now(), question);
    }
    Copy before = enter();
    try {
      return within(before == null ? now() : before.trained(), question);
    } finally {
      leave(before);
    }
  }

  private <T> T within(Trained read, Function<Trained, T> question) {
    Object before = CallScope.set(new Call(this, read));
    try {
      return question.apply(read);
    } finally {
      CallScope.set(before);
    }
  }

  private Trained now() {
    Trained trained = weights.now();
    if (trained == null) {
      throw new IllegalStateException(
          "this autoencoder has not been trained, so its codes mean nothing; call fit(...) first");
    }
    return trained;
  }

  /** What to read: the copy, or null for the weights themselves. */
  private synchronized @Nullable Copy enter() {
    requireTrained();
    Copy before = copy;
    if (before == null) {
      readers++;
    } else {
      before.readers++;
    }
    return before;
  }

  private synchronized void leave(@Nullable Copy before) {
    if (before == null) {
      readers--;
      notifyAll();
      freeIfDone();
    } else {
      before.readers--;
      freeIfDone(before);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "this autoencoder was closed, and its weights are gone; load it again from its file, or"
              + " build a new one");
    }
  }

  /**
   * Begins to change the weights, once nobody else changes or reads them.
   *
   * @param call what wants to, for messages
   * @return to be ended with {@link Change#close()}
   * @throws InterruptedException if this thread is interrupted while it waits
   * @throws IllegalStateException if it is called within a call that uses the same weights, or
   *     would have to wait within another call; or if the weights were freed
   */
  Change change(String call) throws InterruptedException {
    requireOutside(call);
    claim(call);
    try {
      // Nobody else can change them now, and readers go on.
      divert(new Copy(weights.now()), call);
    } catch (Throwable e) {
      release();
      throw e;
    }
    return new Change();
  }

  /** The time in which a call changes the weights. */
  final class Change implements AutoCloseable {

    private final @Nullable Object before = CallScope.set(new Call(Turns.this, null));

    private Change() {}

    @Override
    public void close() {
      CallScope.set(before);
      release();
    }
  }

  /**
   * Reads what no copy has, such as the memory of the optimiser, when nobody changes it.
   *
   * @param call what wants to, for messages
   * @throws InterruptedException if this thread is interrupted while it waits
   * @throws IllegalStateException if it would have to wait within another call, or there is nothing
   *     to read
   */
  <T> T readAll(String call, Function<Trained, T> question) throws InterruptedException {
    if (isOwn(enclosing())) {
      return within(now(), question);
    }
    claim(call);
    try {
      return within(now(), question);
    } finally {
      release();
    }
  }

  /**
   * Makes sure that it is not called within a call that uses the same weights.
   *
   * @throws IllegalStateException if it is
   */
  void requireOutside(String call) {
    Call outer = enclosing();
    if (outer == null) {
      return;
    }
    if (outer.read == null) {
      throw new IllegalStateException(
          ("%s was called from within a run of training of this same autoencoder, such as by a"
                  + " listener or a source; call it when the run has ended, or stop the run with"
                  + " cancelWhen(...) first")
              .formatted(call));
    }
    throw new IllegalStateException(
        ("%s was called while this same call reads the weights of this same autoencoder, such as by"
                + " a source or a consumer of encode(...); call it afterwards")
            .formatted(call));
  }

  private synchronized void claim(String call) throws InterruptedException {
    requireOpen();
    while (changing) {
      if (current() != null) {
        throw wouldWait(call, "another thread trains it");
      }
      wait();
      requireOpen();
    }
    changing = true;
  }

  private synchronized void divert(Copy before, String call) throws InterruptedException {
    copy = before;
    while (readers > 0) {
      if (isReading()) {
        throw wouldWait(call, "another thread reads its weights");
      }
      wait();
    }
  }

  private static IllegalStateException wouldWait(String call, String why) {
    return new IllegalStateException(
        ("%s was called while this autoencoder is in use (%s), from within a call of this library,"
                + " such as by a listener, a source or a consumer, where waiting could last for ever;"
                + " call it afterwards")
            .formatted(call, why));
  }

  private synchronized void release() {
    changing = false;
    Copy before = copy;
    copy = null;
    if (before != null) {
      freeIfDone(before);
    }
    notifyAll();
    freeIfDone();
  }

  /** Frees a copy once neither readers nor those to come see it. */
  private void freeIfDone(Copy before) {
    if (before.readers == 0 && copy != before) {
      before.free();
    }
  }

  private void freeIfDone() {
    if (closed && !changing && readers == 0) {
      weights.free();
    }
  }

  /** Frees the weights as soon as nobody uses them, and lets nobody use them any more. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      freeIfDone();
    }
  }
}
