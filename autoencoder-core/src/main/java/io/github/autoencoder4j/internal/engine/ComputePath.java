package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.onednn.RowReader;
import io.github.autoencoder4j.internal.onednn.RowWriter;
import io.github.autoencoder4j.loss.Objective;
import java.nio.FloatBuffer;

/**
 * One way of computing what a network computes. Both ways work on the same parameters and give the
 * same results but for rounding; the {@link Engine} chooses.
 *
 * <p>Training is for one thread at a time; {@link #encode} and {@link #decode} are for many.
 */
interface ComputePath extends AutoCloseable {

  /**
   * Computes the objective of a batch and leaves its gradient in the gradient memory of the
   * network.
   *
   * @param input what the network sees, {@code n} samples side by side from the first value on
   * @param target what it is asked for; may be the same buffer
   * @return the objective, without penalty
   */
  Objective gradient(FloatBuffer input, FloatBuffer target, int n);

  /**
   * Turns samples into codes, before any latent stage.
   *
   * @param samples gives {@code n} samples
   * @param codes receives {@code n} rows side by side, as wide as what the encoder yields
   */
  void encode(RowReader samples, int n, float[] codes);

  /**
   * Turns codes into outputs.
   *
   * @param codes {@code n} codes side by side
   * @param linked whether to apply the link of the output to what the decoder yields
   * @param outputs takes them
   */
  void decode(float[] codes, int n, boolean linked, RowWriter outputs);

  /** Gives back the memory that only training needs. */
  void endTraining();

  /** Gives back all memory of its own; what the network has is not. */
  @Override
  void close();
}
