package io.github.autoencoder4j.datasets.internal.items;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks on all cores and hands over their results in the order of submission, on the
 * submitting thread. Only a bounded amount of work is under way at a time, so memory stays bounded
 * however many tasks there are.
 *
 * @param <T> what a task yields
 */
public final class OrderedPipeline<T> implements AutoCloseable {

  /**
   * Receives the results one after the other.
   *
   * @param <T> what a task yields
   */
  @FunctionalInterface
  public interface Sink<T> {

    /**
     * Takes the next one.
     *
     * @param result what the task yielded
     * @throws IOException if it cannot be used; ends the run
     */
    void accept(T result) throws IOException;
  }

  private record Task<T>(Future<T> result, long bytes) {}

  private static final long MAX_BYTES = 32L << 20;

  private final int maxTasks = 4 * Runtime.getRuntime().availableProcessors();
  private final ExecutorService workers;
  private final Queue<Task<T>> underWay = new ArrayDeque<>();
  private final Sink<T> sink;
  private long bytesUnderWay;

  /**
   * Starts with nothing to do.
   *
   * @param sink called on the thread that submits
   */
  public OrderedPipeline(Sink<T> sink) {
    this.sink = sink;
    this.workers =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            task -> {
              Thread thread = new Thread(task, "autoencoder4j-pictures");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Submits a task, and hands over earlier results if enough is under way.
   *
   * @param bytes what the task holds in memory until it is done
   * @param task run on some thread
   * @throws IOException if an earlier task or the sink failed
   */
  public void submit(long bytes, Callable<T> task) throws IOException {
    while (underWay.size() >= maxTasks
        || (!underWay.isEmpty() && bytesUnderWay + bytes > MAX_BYTES)) {
      handOver();
    }
    bytesUnderWay += bytes;
    underWay.add(new Task<>(workers.submit(task), bytes));
  }

  /**
   * Hands over all results that are still due.
   *
   * @throws IOException if a task or the sink failed
   */
  public void finish() throws IOException {
    while (!underWay.isEmpty()) {
      handOver();
    }
  }

  private void handOver() throws IOException {
    Task<T> task = underWay.remove();
    bytesUnderWay -= task.bytes();
    T result;
    try {
      result = task.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading pictures");
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      Throwables.throwIfInstanceOf(cause, IOException.class);
      Throwables.throwIfUnchecked(cause);
      throw new IOException(cause);
    }
    sink.accept(result);
  }

  /** Ends tasks that are still under way. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
