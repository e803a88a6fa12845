package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.compute.ForwardPath;
import io.github.autoencoder4j.loss.Objective;
import java.nio.FloatBuffer;

/**
 * One way of computing what a network computes. Both ways work on the same parameters and give the
 * same results but for rounding; the {@link Engine} chooses.
 *
 * <p>Training is for one thread at a time; encoding and decoding are for many.
 */
interface ComputePath extends ForwardPath, AutoCloseable {

  /**
   * Computes the objective of a batch and leaves its gradient in the gradient memory of the
   * network.
   *
   * @param input what the network sees, {@code n} samples side by side from the first value on,
   *     with their conditions
   * @param target what it is asked for; may be the same buffer if nothing is conditioned
   * @return the objective, without penalty
   */
  Objective gradient(FloatBuffer input, FloatBuffer target, int n);

  /** Gives back the memory that only training needs. */
  void endTraining();

  /** Gives back all memory of its own; what the network has is not. */
  @Override
  void close();
}
