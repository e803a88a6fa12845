package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.onednn.InferenceProgram;
import io.github.autoencoder4j.internal.onednn.JavaCpp;
import io.github.autoencoder4j.internal.onednn.Kernels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Compiled programs that are not in use, so that each thread has one of its own and nobody compiles
 * twice. Safe for many threads.
 *
 * <p>It keeps no more programs than there are cores and one, and beside the one that was used last
 * no more than {@link #MOST_BYTES} of them.
 */
final class ProgramPool implements AutoCloseable {

  /** A thirty-second of the memory, so that the three pools of a network keep at most a tenth. */
  static final long MOST_BYTES = Math.max(1L << 28, JavaCpp.machineBytes() / 32);

  /**
   * As many values of a layer fit into the second cache of a core, and the next finds them there.
   */
  private static final int WORKING_SET = 1 << 18;

  /**
   * A program reads all weights, so it is for so many samples that it multiplies by each of them as
   * often as this. In a dense layer a sample does it once, in a convolution once for each pixel.
   */
  private static final long WORTH_READING = 64;

  private static final int LARGEST_CAPACITY = 256;

  /** A layer of a program has at most so many values, unless a single sample has more. */
  private static final int MOST_VALUES = 1 << 26;

  private final Compile compiler;
  private final long multiplications;
  private final boolean sharesItself;
  private final int largest;
  private final int limit = Runtime.getRuntime().availableProcessors() + 1;
  private final long mostBytes;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Map<Kind, Kernels> kernels = new HashMap<>();
  private boolean closed;

  /** Compiles a program. */
  @FunctionalInterface
  interface Compile {

    /**
     * Compiles it.
     *
     * @param capacity how many samples it is for
     * @param allCores whether each thing that it does is shared by all of them
     * @param kernels those of the programs that are compiled alike
     */
    InferenceProgram program(int capacity, boolean allCores, Kernels kernels);
  }

  /** How many cores a program runs on is settled when it is compiled. */
  private record Kind(int capacity, boolean allCores) {}

  private record Idle(InferenceProgram program, Kind kind) {}

  /**
   * Starts empty.
   *
   * @param width the values of one sample in the widest layer
   * @param weights how many numbers the layers have learnt
   * @param multiplications about how many one sample takes
   * @param sharesItself whether a program for all cores hands out work itself, and wants native
   *     code to keep to one
   * @param compiler makes a program of some capacity
   */
  ProgramPool(
      int width, long weights, long multiplications, boolean sharesItself, Compile compiler) {
    this(width, weights, multiplications, sharesItself, compiler, MOST_BYTES);
  }

  ProgramPool(
      int width,
      long weights,
      long multiplications,
      boolean sharesItself,
      Compile compiler,
      long mostBytes) {
    this.compiler = compiler;
    this.multiplications = multiplications;
    this.sharesItself = sharesItself;
    this.mostBytes = mostBytes;
    long worthwhile = WORTH_READING * weights / Math.max(1, multiplications);
    this.largest =
        powerOfTwo(
            Math.min(
                Math.max(worthwhile, WORKING_SET / width),
                Math.min(LARGEST_CAPACITY, MOST_VALUES / width)));
  }

  /** The greatest up to a number; 1 if there is none. */
  private static int powerOfTwo(long most) {
    return (int) Math.max(1, Long.highestOneBit(most));
  }

  /** About how many multiplications one sample takes. */
  long multiplications() {
    return multiplications;
  }

  /**
   * Whether a program for all cores hands out work itself, and wants native code to keep to one.
   */
  boolean sharesItself() {
    return sharesItself;
  }

  /** How many samples a program that wastes nothing takes of {@code n}, which is at least 1. */
  int piece(int n) {
    return Math.min(largest, Integer.highestOneBit(n));
  }

  private int capacity(int n) {
    return n >= largest ? largest : Math.max(1, Integer.highestOneBit(2 * n - 1));
  }

  /**
   * Takes a program for {@code n} samples, or for the first of them if they are many.
   *
   * @param allCores whether the caller is alone, and not one of the lanes
   */
  InferenceProgram take(int n, boolean allCores) {
    Kind kind = new Kind(capacity(n), allCores);
    Kernels shared;
    synchronized (idle) {
      for (Iterator<Idle> programs = idle.iterator(); programs.hasNext(); ) {
        Idle found = programs.next();
        if (found.kind.equals(kind)) {
          programs.remove();
          return found.program;
        }
      }
      shared = kernels.computeIfAbsent(kind, key -> new Kernels());
    }
    return compiler.program(kind.capacity(), kind.allCores(), shared);
  }

  /** Keeps a program for the next who asks; those that were idle longest make room. */
  void giveBack(InferenceProgram program, boolean allCores) {
    List<InferenceProgram> dropped = new ArrayList<>();
    synchronized (idle) {
      idle.addFirst(new Idle(program, new Kind(program.capacity(), allCores)));
      while (closed ? !idle.isEmpty() : isTooMuch()) {
        dropped.add(idle.removeLast().program);
      }
    }
    dropped.forEach(InferenceProgram::close);
  }

  private boolean isTooMuch() {
    return idle.size() > limit || (idle.size() > 1 && idleBytes() > mostBytes);
  }

  /** How many bytes idle programs hold. */
  long idleBytes() {
    synchronized (idle) {
      return idle.stream().mapToLong(found -> found.program.bytes()).sum();
    }
  }

  /** Frees all programs, those in use when they are given back. */
  @Override
  public void close() {
    List<Idle> all;
    synchronized (idle) {
      closed = true;
      all = List.copyOf(idle);
      idle.clear();
      kernels.values().forEach(Kernels::close);
    }
    all.forEach(found -> found.program.close());
  }
}
