package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.internal.engine.Engine;
import java.nio.FloatBuffer;

/**
 * A run between two steps, as a checkpoint holds it: the network, where the run is, and what it was
 * started with.
 */
final class Snapshot {

  final float[] parameters;
  final float[] optimizerState;

  /** The steps the network has made. */
  final int iteration;

  /** The epochs the network has finished, in this run and before. */
  final int epochCount;

  final RunState progress;
  final Circumstances circumstances;

  Snapshot(
      float[] parameters,
      float[] optimizerState,
      int iteration,
      int epochCount,
      RunState progress,
      Circumstances circumstances) {
    this.parameters = parameters;
    this.optimizerState = optimizerState;
    this.iteration = iteration;
    this.epochCount = epochCount;
    this.progress = progress;
    this.circumstances = circumstances;
  }

  /**
   * Puts a network where this one was, so that its next step is the one that followed then.
   *
   * @throws IllegalArgumentException if it has other weights or another optimiser
   */
  void restore(Engine engine) {
    FloatBuffer memory = engine.store().optimizerMemory();
    requireLength("weights", engine.store().parameterMemory().remaining(), parameters.length);
    requireLength("values of the optimiser", memory.remaining(), optimizerState.length);
    engine.store().setParameters(parameters);
    memory.put(optimizerState);
    engine.store().setProgress(iteration, epochCount);
  }

  private static void requireLength(String what, int expected, int actual) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "the checkpoint has %s %s, but this autoencoder has %s; resume the one that was trained"
              .formatted(actual, what, expected));
    }
  }
}
