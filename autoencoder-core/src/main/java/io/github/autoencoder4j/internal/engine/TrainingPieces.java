package io.github.autoencoder4j.internal.engine;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.primitives.Longs;
import io.github.autoencoder4j.internal.onednn.DenseGradients;
import io.github.autoencoder4j.internal.onednn.GradientUser;
import io.github.autoencoder4j.internal.onednn.PointWeights;
import io.github.autoencoder4j.internal.onednn.TrainingProgram;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Batches of one size, cut into pieces that are computed side by side, each by one thread with a
 * gradient of its own; the gradients are added in the order of the pieces.
 *
 * <p>Threads meet twice in a step, three times if weights are transformed for all pieces, where
 * native code that shares out each product meets at every layer, and waits there for whichever
 * thread is not scheduled. And since the cut depends on the batch and on the number of threads that
 * was asked for, not on who came first, neither a busy machine nor a processor more changes a bit.
 */
final class TrainingPieces implements AutoCloseable {

  /** Compiles one piece. */
  @FunctionalInterface
  interface Compile {

    /**
     * Compiles it.
     *
     * @param gradient where its gradient goes
     * @param first the position of its first sample in the batch
     * @param n how many samples it has
     * @param pointWeights those of all pieces
     */
    TrainingProgram piece(FloatPointer gradient, int first, int n, PointWeights pointWeights);
  }

  /**
   * A gradient has to be written and added, so a piece is worth its own if it does at least so many
   * multiplications for each parameter. In a dense layer each sample does one, in a convolution one
   * for each pixel.
   */
  private static final long WORTHWHILE = 64;

  /** With fewer, even a processor that is idle had better stay so. */
  private static final long LEAST = 16;

  /** Smaller pieces pass over the layers' own overhead too often. */
  private static final int LEAST_SAMPLES = 4;

  /** Gradients of more numbers in all are not made to keep threads busy. */
  private static final long ROOM = 1 << 24;

  /** So many pieces keep a few threads busy even if one of them is held up. */
  private static final int PLENTY = 8;

  /** For each thread, so that one that is held up is not waited for long. */
  private static final int RUNS = 4;

  /** How many values are added at a time, on arrays that stay in the first cache. */
  private static final int CHUNK = 1024;

  private final int batch;
  private final int inputSize;
  private final int sampleSize;
  private final int threads;

  /** The parameters whose gradients each piece has for itself, in runs for one thread each. */
  private final List<Sum> rest;

  private final PointWeights pointWeights;
  private final List<TrainingProgram> programs = new ArrayList<>();
  private final List<FloatPointer> allocated = new ArrayList<>();

  /** That of the first piece is the network's. */
  private final List<FloatBuffer> gradients = new ArrayList<>();

  private final DenseGradients dense;
  private final double[] losses;
  private final boolean alone;

  /** A run of parameters whose gradients are added, by one thread at a time. */
  private static final class Sum {

    final int from;
    final int to;
    final float[] values = new float[CHUNK];
    final float[] next = new float[CHUNK];

    Sum(int from, int to) {
      this.from = from;
      this.to = to;
    }
  }

  /**
   * Compiles.
   *
   * @param batch how many samples there are
   * @param inputSize how many values each has as the network sees it
   * @param sampleSize how many it has as what the network is asked for
   * @param pieces how many pieces to cut them into
   * @param threads how many work at a time
   * @param alone whether there is one piece that is the whole batch, to be given all threads
   * @param gradient where the gradient of the whole batch goes
   * @param owned the runs of parameters for which each piece has a gradient of its own
   * @param compile makes the pieces
   */
  TrainingPieces(
      int batch,
      int inputSize,
      int sampleSize,
      int pieces,
      int threads,
      boolean alone,
      FloatPointer gradient,
      RangeSet<Integer> owned,
      Compile compile) {
    this.batch = batch;
    this.inputSize = inputSize;
    this.sampleSize = sampleSize;
    this.threads = threads;
    this.rest = owned.asRanges().stream().flatMap(range -> runs(range, threads)).toList();
    this.losses = new double[pieces];
    this.pointWeights = new PointWeights(RUNS * threads);
    this.alone = alone;
    NativeBackend.onThreads(
        alone ? threads : 1,
        () -> {
          for (int i = 0; i < pieces; i++) {
            programs.add(
                compile.piece(
                    gradient(i, gradient), start(i), start(i + 1) - start(i), pointWeights));
          }
        });
    DenseGradients[] compiled = new DenseGradients[1];
    NativeBackend.onThreads(1, () -> compiled[0] = new DenseGradients(programs));
    dense = compiled[0];
  }

  private static Stream<Sum> runs(Range<Integer> whole, int threads) {
    int start = whole.lowerEndpoint();
    long length = (long) whole.upperEndpoint() - start;
    long runs = Math.max(1, Math.min((long) RUNS * threads, length / (16 * CHUNK)));
    return LongStream.range(0, runs)
        .mapToObj(
            i ->
                new Sum(
                    (int) (start + length * i / runs), (int) (start + length * (i + 1) / runs)));
  }

  /**
   * Into how many pieces to cut a batch.
   *
   * @param n how many samples it has
   * @param multiplications about how many one sample takes in the forward pass
   * @param parameters how many numbers are learnt
   * @param threads how many there are to do it
   */
  static int count(int n, long multiplications, long parameters, int threads) {
    long perParameter = Math.max(1, n * multiplications / Math.max(1, parameters));
    long plenty =
        Longs.min(
            Math.max(PLENTY, threads),
            n / LEAST_SAMPLES,
            perParameter / WORTHWHILE,
            ROOM / Math.max(1, parameters));
    long least = Math.min(threads, perParameter / LEAST);
    return (int) Math.max(1, Math.min(n, Math.max(plenty, least)));
  }

  private FloatPointer gradient(int piece, FloatPointer whole) {
    FloatPointer memory = whole;
    if (piece > 0 && !rest.isEmpty()) {
      memory = new FloatPointer(whole.capacity());
      allocated.add(memory);
    }
    gradients.add(memory.asBuffer());
    return memory;
  }

  private int start(int piece) {
    return (int) ((long) batch * piece / losses.length);
  }

  /**
   * Takes a batch through the network and back. Its gradient is complete after {@link #gradients}.
   *
   * @param input what the network sees, from the first value on
   * @param target what it is asked for; may be the same buffer
   * @param iteration the number of the training step
   * @return the mean loss
   */
  double backward(FloatBuffer input, FloatBuffer target, int iteration) {
    Lanes.SHARED.run(pointWeights.groups(), threads, pointWeights::compute);
    if (alone) {
      NativeBackend.onThreads(
          threads, () -> losses[0] = programs.get(0).lossAndGradient(input, target, iteration));
    } else {
      Lanes.SHARED.run(losses.length, threads, i -> compute(i, input, target, iteration));
    }
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum;
  }

  /** What the stages added to the objective of the last batch, in nats summed over samples. */
  double[] terms() {
    double[] sums = programs.get(0).terms();
    for (TrainingProgram program : programs.subList(1, programs.size())) {
      double[] more = program.terms();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += more[i];
      }
    }
    return sums;
  }

  /**
   * Completes the gradient of the batch that was last taken back.
   *
   * @param user is given every parameter's once
   */
  void gradients(GradientUser user) {
    Lanes.SHARED.run(
        dense.size() + rest.size(),
        threads,
        i -> {
          if (i < dense.size()) {
            dense.run(i, user);
          } else {
            Sum sum = rest.get(i - dense.size());
            if (losses.length > 1) {
              add(sum);
            }
            user.use(sum.from, sum.to);
          }
        });
  }

  // The same buffer is cut once; to find equal ones would take longer.
  @SuppressWarnings("ReferenceEquality")
  private void compute(int piece, FloatBuffer input, FloatBuffer target, int iteration) {
    FloatBuffer seen = part(input, piece, inputSize);
    FloatBuffer wanted = input == target ? seen : part(target, piece, sampleSize);
    losses[piece] = programs.get(piece).lossAndGradient(seen, wanted, iteration);
  }

  private FloatBuffer part(FloatBuffer whole, int piece, int size) {
    int from = start(piece) * size;
    return whole.slice(from, start(piece + 1) * size - from);
  }

  /** Adds those that each piece has for itself. */
  private void add(Sum sum) {
    for (int at = sum.from; at < sum.to; at += CHUNK) {
      int n = Math.min(CHUNK, sum.to - at);
      gradients.get(0).get(at, sum.values, 0, n);
      for (int piece = 1; piece < losses.length; piece++) {
        gradients.get(piece).get(at, sum.next, 0, n);
        for (int i = 0; i < n; i++) {
          sum.values[i] += sum.next[i];
        }
      }
      gradients.get(0).put(at, sum.values, 0, n);
    }
  }

  @Override
  public void close() {
    dense.close();
    programs.forEach(TrainingProgram::close);
    pointWeights.close();
    allocated.forEach(FloatPointer::deallocate);
  }
}
