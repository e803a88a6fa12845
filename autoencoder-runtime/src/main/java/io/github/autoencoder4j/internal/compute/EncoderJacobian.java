package io.github.autoencoder4j.internal.compute;

import io.github.autoencoder4j.latent.Contractive;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.random.RandomStream;
import java.nio.FloatBuffer;

/**
 * What a {@link Contractive} stage is told of the encoder: where to find each sample moved a small
 * step, or how long the rows of its one layer are.
 */
public final class EncoderJacobian {

  private EncoderJacobian() {}

  /**
   * Draws the step that moves a sample. It depends on the seed, the sample, and in training the
   * iteration, but not on how its batch was cut.
   *
   * @param seed chooses the directions
   * @param mode whether the step is fresh in every iteration, or the same at every call
   * @param iteration the number of the training step
   * @param sample the number of the sample in its batch or call
   * @param size how many values it has
   * @return for each value {@link Contractive#STEP} or its negative
   */
  public static float[] step(long seed, Mode mode, int iteration, long sample, int size) {
    String name = "contraction/" + (mode == Mode.TRAINING ? iteration : "inference");
    RandomStream random = RandomStream.of(seed, name, sample);
    float[] step = new float[size];
    long signs = 0;
    for (int i = 0; i < size; i++) {
      signs = i % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
      step[i] = (signs & 1) == 0 ? Contractive.STEP : -Contractive.STEP;
    }
    return step;
  }

  /**
   * Moves a sample.
   *
   * @param values where it lies
   * @param at the place of its first value
   * @param step what is added to each of its values
   */
  public static void move(FloatBuffer values, int at, float[] step) {
    for (int i = 0; i < step.length; i++) {
      values.put(at + i, values.get(at + i) + step[i]);
    }
  }

  /**
   * Has samples followed by themselves, moved.
   *
   * @param samples gives {@code n} samples
   * @param n how many
   * @param table says which of their values are moved: all but conditions
   * @param seed chooses the directions
   * @param first the number of the first among all samples of a call
   * @return gives {@code 2 n} samples
   */
  static RowReader twice(RowReader samples, int n, Network table, long seed, long first) {
    int size = table.sample().size();
    return (row, memory, at) -> {
      samples.read(row % n, memory, at);
      if (row >= n) {
        move(memory.values(), at, step(seed, Mode.OBJECTIVE, 0, first + row - n, size));
      }
    };
  }

  /**
   * Measures the rows of the one layer of an encoder, and has the stage know.
   *
   * @param table says how many values a sample has; conditions behind them are left out
   * @param weights {@code [fed, in]}, row-major
   * @param codes the batch of the stage
   */
  public static void measure(Network table, double[] weights, LatentBatch codes) {
    int in = table.input().size();
    int size = table.sample().size();
    double[] squares = new double[weights.length / in];
    for (int row = 0; row < squares.length; row++) {
      for (int i = row * in; i < row * in + size; i++) {
        squares[row] += weights[i] * weights[i];
      }
    }
    codes.setRowNorms(squares);
  }
}
