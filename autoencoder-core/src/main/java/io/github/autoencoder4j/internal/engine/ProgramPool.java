package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.onednn.InferenceProgram;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.IntFunction;

/**
 * Compiled programs that are not in use, so that each thread has one of its own and nobody compiles
 * twice. Safe for many threads.
 */
final class ProgramPool {

  /** About as many values of a layer as fit into the caches of a core. */
  private static final int WORKING_SET = 1 << 20;

  private static final int LARGEST_CAPACITY = 256;

  private final IntFunction<InferenceProgram> compiler;
  private final long multiplications;
  private final int largest;
  private final int limit = Runtime.getRuntime().availableProcessors() + 1;
  private final Deque<Idle> idle = new ArrayDeque<>();

  /** How many cores a program runs on is settled when it is compiled. */
  private record Idle(InferenceProgram program, boolean allCores) {}

  /**
   * Starts empty.
   *
   * @param width the values of one sample in the widest layer
   * @param multiplications about how many one sample takes
   * @param compiler makes a program of some capacity
   */
  ProgramPool(int width, long multiplications, IntFunction<InferenceProgram> compiler) {
    this.compiler = compiler;
    this.multiplications = multiplications;
    this.largest =
        Math.min(LARGEST_CAPACITY, Math.max(8, Integer.highestOneBit(WORKING_SET / width)));
  }

  /** About how many multiplications one sample takes. */
  long multiplications() {
    return multiplications;
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
    int capacity = capacity(n);
    synchronized (idle) {
      for (Iterator<Idle> programs = idle.iterator(); programs.hasNext(); ) {
        Idle found = programs.next();
        if (found.program.capacity() == capacity && found.allCores == allCores) {
          programs.remove();
          return found.program;
        }
      }
    }
    return compiler.apply(capacity);
  }

  /** Keeps a program for the next who asks; the one that was idle longest makes room. */
  void giveBack(InferenceProgram program, boolean allCores) {
    InferenceProgram dropped = null;
    synchronized (idle) {
      idle.addFirst(new Idle(program, allCores));
      if (idle.size() > limit) {
        dropped = idle.removeLast().program;
      }
    }
    if (dropped != null) {
      dropped.close();
    }
  }
}
