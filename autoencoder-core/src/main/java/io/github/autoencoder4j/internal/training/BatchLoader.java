package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.engine.CallScope;
import io.github.autoencoder4j.internal.samples.SampleMemory;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.random.RandomStream;
import java.nio.FloatBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads, shuffles and corrupts the batches of one epoch on a thread of its own, one batch ahead of
 * the network. Samples go straight from their source into native memory, where the network reads
 * them. ND4J is left to the thread that trains.
 */
final class BatchLoader implements AutoCloseable {

  /** Samples side by side, clean and as the network sees them. */
  static final class Batch {
    private final SampleMemory target;
    private final SampleMemory input;
    private int size;
    private @Nullable Throwable failure;

    /**
     * Makes room.
     *
     * @param values of all targets
     * @param inputs of all that the network sees; 0 if it sees the targets
     */
    private Batch(int values, int inputs) {
      target = SampleMemory.allocate(values);
      input = inputs > 0 ? SampleMemory.allocate(inputs) : target;
    }

    /**
     * What the network sees; the same buffer as the target if nothing is corrupted or conditioned.
     */
    FloatBuffer input() {
      return input.values();
    }

    /** The clean samples. */
    FloatBuffer target() {
      return target.values();
    }

    /** How many samples there are; the last batch of an epoch may be short. */
    int size() {
      return size;
    }
  }

  private final ImageSource data;
  private final ValueRange range;
  private final @Nullable Corruption corruption;
  private final int batchSize;
  private final long seed;

  /** How many values of a sample are wanted back; its condition follows them. */
  private final int values;

  private final int epoch;
  private final int firstBatch;

  /** Two batches, and one more to say that none will follow. */
  private final BlockingQueue<Batch> filled = new ArrayBlockingQueue<>(3);

  private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(2);
  private final Thread thread;

  /**
   * Starts to read.
   *
   * @param epoch the number of the epoch, which chooses its order and its noise
   * @param firstBatch how many batches of it to leave out
   */
  BatchLoader(ImageSource data, Spec spec, int batchSize, int epoch, int firstBatch) {
    this.data = data;
    this.range = spec.output().range();
    this.corruption = spec.corruption().orElse(null);
    this.batchSize = batchSize;
    this.seed = spec.seed();
    this.epoch = epoch;
    this.firstBatch = firstBatch;
    this.values = spec.architecture().input().size();
    int width = data.shape().size();
    for (int i = 0; i < 2; i++) {
      boolean apart = corruption != null || width > values;
      free.add(new Batch(batchSize * values, apart ? batchSize * width : 0));
    }
    Object scope = CallScope.current();
    thread = new Thread(() -> CallScope.run(scope, this::load), "autoencoder-batches");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the next batch; give it back with {@link #recycle} when done. */
  Batch next() throws InterruptedException {
    Batch batch = filled.take();
    Throwable failure = batch.failure;
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      // Only languages without checked exceptions, or an interrupt from within, come here.
      throw new UnusableDataException(
          "reading the data failed: the reader was ended by " + failure, failure);
    }
    return batch;
  }

  void recycle(Batch batch) {
    free.add(batch);
  }

  private void load() {
    try {
      int[] order = RandomStream.of(seed, "shuffle", epoch).permutation(data.size());
      // In long, which the end of the largest data does not overflow.
      for (long start = (long) firstBatch * batchSize; start < order.length; start += batchSize) {
        Batch batch = free.take();
        fill(batch, order, (int) start);
        filled.put(batch);
      }
    } catch (Throwable e) {
      // Whatever it is: who waits for a batch must hear of it. After close() nobody waits.
      Batch last = new Batch(0, 0);
      last.failure = e;
      filled.add(last);
    }
  }

  private void fill(Batch batch, int[] order, int start) {
    int width = data.shape().size();
    float[] sample = new float[batch.input == batch.target ? 0 : values];
    batch.size = Math.min(batchSize, order.length - start);
    for (int i = 0; i < batch.size; i++) {
      int index = order[start + i];
      int at = i * width;
      data.read(index, batch.input.at(at));
      int wrong = batch.input.firstOutside(range.least(), range.greatest(), at, values);
      if (wrong >= 0) {
        throw outside(range, index, batch.input().get(at + wrong), wrong);
      }
      if (sample.length > 0) {
        batch.input().get(at, sample);
        batch.target().put(i * values, sample);
      }
      if (corruption != null) {
        RandomStream random = RandomStream.of(seed, "corruption/" + epoch, index);
        corruption.apply(sample, 0, values, range, random);
        batch.input().put(at, sample);
      }
    }
  }

  static void requireRange(ValueRange range, int index, float[] values, int offset, int length) {
    int wrong = SampleMemory.firstOutside(range.least(), range.greatest(), values, offset, length);
    if (wrong >= 0) {
      throw outside(range, index, values[offset + wrong], wrong);
    }
  }

  private static UnusableDataException outside(
      ValueRange range, int index, float value, int position) {
    return new UnusableDataException(
        "sample %s holds %s at position %s, but values must %s; %s"
            .formatted(index, value, position, range.rule(), range.advice()));
  }

  /** Ends the thread and waits until it is gone. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // Remembered, not obeyed: no thread may be left behind.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
