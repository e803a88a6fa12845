package io.github.autoencoder4j.output;

import java.nio.FloatBuffer;

/** Computes the loss of an {@link Output} and its gradient. It has no state of its own. */
public interface OutputKernel {

  /** What is applied to each number of the decoder first. */
  enum Link {
    /** {@code y = z}. */
    IDENTITY,
    /** {@code y = 1 / (1 + exp(-z))}. */
    SIGMOID;

    /**
     * Applies it to one number.
     *
     * @param z what the decoder yields
     * @return {@code y}
     */
    public float of(double z) {
      return switch (this) {
        case IDENTITY -> (float) z;
        case SIGMOID -> (float) (1 / (1 + Math.exp(-z)));
      };
    }
  }

  /**
   * Says what is applied to each number of the decoder. Backends do that, on their own fast roads.
   *
   * @return the link from decoder to sample
   */
  Link link();

  /**
   * Turns what the link yields into the values of one sample, where they depend on each other, as
   * probabilities do that add up to 1. Nothing by default. Losses are computed without it.
   *
   * @param linked holds the link of what the decoder yields for a sample, from the buffer's
   *     position on; receives the values in the same places
   */
  default void toValues(FloatBuffer linked) {
    // Most values stand for themselves.
  }

  /**
   * Computes the loss of some samples and its gradient, in 64 bits.
   *
   * @param fed what the decoder yields, {@code [n, fed]}
   * @param targets what it is compared with, {@code [n, values]}
   * @param gradient receives the derivative of the returned sum with respect to {@code fed}
   * @param n how many samples
   * @return the loss summed over values and samples, in nats for likelihoods
   */
  double lossAndGradient(double[] fed, double[] targets, double[] gradient, int n);

  /**
   * Computes the loss of a part of a batch and its gradient, in 32 bits, where the link is applied
   * already. Same as {@link #lossAndGradient(double[], double[], double[], int)} but for rounding;
   * kernels that are in a hurry have their own.
   *
   * @param fed what the decoder yields, {@code [n, fed]} from the buffer's first value on
   * @param targets what it is compared with, {@code [n, values]} from the buffer's first value on
   * @param linked holds the link of {@code fed}; receives the derivative of the returned mean with
   *     respect to {@code fed}
   * @param n how many samples
   * @param whole how many values the mean is over; more than those of {@code targets} for a part of
   *     a batch
   * @return the mean loss, or what this part adds to it
   */
  default double lossAndGradient(
      FloatBuffer fed, FloatBuffer targets, FloatBuffer linked, int n, long whole) {
    double[] gradient = new double[linked.capacity()];
    double sum = lossAndGradient(doubles(fed), doubles(targets), gradient, n);
    for (int i = 0; i < gradient.length; i++) {
      linked.put(i, (float) (gradient[i] / whole));
    }
    return sum / whole;
  }

  /**
   * Computes the loss of each of several outputs by itself and its gradient, in 32 bits, where some
   * side by side are compared with the same sample. Same as calls of {@link
   * #lossAndGradient(FloatBuffer, FloatBuffer, FloatBuffer, int, long)} for one after the other but
   * for rounding, which is what it does by default.
   *
   * @param fed what the decoder yields, {@code [n, fed]} from the buffer's first value on
   * @param targets what it is compared with, {@code [n / draws, values]} from the buffer's first
   *     value on
   * @param linked holds the link of {@code fed}; receives the derivatives of the losses with
   *     respect to {@code fed}, divided by {@code whole}
   * @param losses receives the losses, {@code [n]}, each summed over the values, in nats for
   *     likelihoods
   * @param draws how many outputs are compared with each sample
   * @param whole how many values the mean of a batch is over
   */
  default void lossesAndGradients(
      FloatBuffer fed,
      FloatBuffer targets,
      FloatBuffer linked,
      double[] losses,
      int draws,
      long whole) {
    int n = losses.length;
    int width = fed.capacity() / n;
    int size = targets.capacity() / (n / draws);
    for (int i = 0; i < n; i++) {
      losses[i] =
          whole
              * lossAndGradient(
                  fed.slice(i * width, width),
                  targets.slice(i / draws * size, size),
                  linked.slice(i * width, width),
                  1,
                  whole);
    }
  }

  private static double[] doubles(FloatBuffer buffer) {
    double[] values = new double[buffer.capacity()];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.get(i);
    }
    return values;
  }
}
