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
    return new Run(fed, targets, linked, whole).loss(0, 0, linked.capacity()) / whole;
  }

  @Override
  public final void lossesAndGradients(
      FloatBuffer fed,
      FloatBuffer targets,
      FloatBuffer linked,
      double[] losses,
      int draws,
      long whole) {
    Run run = new Run(fed, targets, linked, whole);
    int size = linked.capacity() / losses.length;
    for (int i = 0; i < losses.length; i++) {
      losses[i] = run.loss(i * size, i / draws * size, size);
    }
  }

  /** What is computed in one call, and Java's own arrays for it: to allocate them is dear. */
  private final class Run {

    private final FloatBuffer fed;
    private final FloatBuffer targets;
    private final FloatBuffer linked;
    private final long whole;
    private final float[] z = new float[CHUNK];
    private final float[] t = new float[CHUNK];
    private final float[] y = new float[CHUNK];

    Run(FloatBuffer fed, FloatBuffer targets, FloatBuffer linked, long whole) {
      this.fed = fed;
      this.targets = targets;
      this.linked = linked;
      this.whole = whole;
    }

    /** The sum of the losses of so many values, those of the targets from another one on. */
    double loss(int from, int target, int count) {
      double sum = 0;
      for (int start = 0; start < count; start += CHUNK) {
        int n = Math.min(CHUNK, count - start);
        targets.get(target + start, t, 0, n);
        linked.get(from + start, y, 0, n);
        if (needsFed()) {
          fed.get(from + start, z, 0, n);
        }
        sum += chunk(z, t, y, n, whole);
        linked.put(from + start, y, 0, n);
      }
      return sum;
    }
  }

  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
