package io.github.autoencoder4j.output;

import java.nio.FloatBuffer;

/** A kernel with one number for each value, computed value by value, a chunk at a time. */
abstract class PointwiseKernel implements OutputKernel {

  /**
   * How many values are worked on at a time, on Java's own arrays, where the compiler knows what it
   * has and uses vector instructions. So many factors of at least one half have a product above the
   * smallest double.
   */
  static final int CHUNK = 1_000;

  /** Whether {@link #chunk} looks at what the link was applied to. */
  abstract boolean needsFed();

  /**
   * Computes a chunk.
   *
   * @param z what the decoder yields, if it is needed; may be overwritten
   * @param t the targets; may be overwritten
   * @param y the link of {@code z}; receives the gradient
   * @param n how many values
   * @param whole how many values the mean is over
   * @return the sum of the losses
   */
  abstract double chunk(float[] z, float[] t, float[] y, int n, long whole);

  @Override
  public final double lossAndGradient(
      FloatBuffer fed, FloatBuffer targets, FloatBuffer linked, int samples, long whole) {
    float[] z = new float[CHUNK];
    float[] t = new float[CHUNK];
    float[] y = new float[CHUNK];
    int count = linked.capacity();
    double sum = 0;
    for (int start = 0; start < count; start += CHUNK) {
      int n = Math.min(CHUNK, count - start);
      targets.get(start, t, 0, n);
      linked.get(start, y, 0, n);
      if (needsFed()) {
        fed.get(start, z, 0, n);
      }
      sum += chunk(z, t, y, n, whole);
      linked.put(start, y, 0, n);
    }
    return sum / whole;
  }

  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
