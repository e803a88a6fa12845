package io.github.autoencoder4j.internal.onednn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of convolution that Winograd's minimal filtering knows, for tiles of four by four outputs,
 * by its transforms (Lavin and Gray, CVPR 2016, arXiv:1509.09308, section 4; Cook and Toom's choice
 * of points, 0, 1, -1, 2 and infinity for two taps, and -2 for three).
 *
 * @param kernel along each axis
 * @param taps how many weights of a kernel the same phase of a stride has along each axis
 * @param data {@code B^T}, of what is seen
 * @param weights {@code G}
 * @param output {@code A^T}, of products to outputs
 * @param dataGradient {@code B}
 * @param weightGradient {@code G^T}
 * @param outputGradient {@code A}
 */
record Filter(
    int kernel,
    int stride,
    int padding,
    int taps,
    Combination data,
    Combination weights,
    Combination output,
    Combination dataGradient,
    Combination weightGradient,
    Combination outputGradient) {

  /** Of three by three pixels, which changes no sides. */
  static final Filter SAME =
      of(
          3,
          1,
          new Combination(
              new float[][] {
                {4, 0, -5, 0, 1, 0},
                {0, -4, -4, 1, 1, 0},
                {0, 4, -4, -1, 1, 0},
                {0, -2, -1, 2, 1, 0},
                {0, 2, -1, -2, 1, 0},
                {0, 4, 0, -5, 0, 1}
              }),
          new Combination(
              new float[][] {
                {1 / 4f, 0, 0},
                {-1 / 6f, -1 / 6f, -1 / 6f},
                {-1 / 6f, 1 / 6f, -1 / 6f},
                {1 / 24f, 1 / 12f, 1 / 6f},
                {1 / 24f, -1 / 12f, 1 / 6f},
                {0, 0, 1}
              }),
          new Combination(
              new float[][] {
                {1, 1, 1, 1, 1, 0},
                {0, 1, -1, 2, -2, 0},
                {0, 1, 1, 4, 4, 0},
                {0, 1, -1, 8, -8, 1}
              }));

  /** Of four by four pixels, every other of which is the centre of an output. */
  static final Filter HALF =
      of(
          4,
          2,
          new Combination(
              new float[][] {
                {2, -1, -2, 1, 0},
                {0, -2, -1, 1, 0},
                {0, 2, -3, 1, 0},
                {0, -1, 0, 1, 0},
                {0, 2, -1, -2, 1}
              }),
          new Combination(
              new float[][] {
                {1 / 2f, 0}, {-1 / 2f, -1 / 2f}, {-1 / 6f, 1 / 6f}, {1 / 6f, 1 / 3f}, {0, 1}
              }),
          new Combination(
              new float[][] {
                {1, 1, 1, 1, 0}, {0, 1, -1, 2, 0}, {0, 1, 1, 4, 0}, {0, 1, -1, 8, 1}
              }));

  private static Filter of(
      int kernel, int stride, Combination data, Combination weights, Combination output) {
    return new Filter(
        kernel,
        stride,
        1,
        kernel / stride,
        data,
        weights,
        output,
        data.transposed(),
        weights.transposed(),
        output.transposed());
  }

  /** The one that computes a convolution, or whose gradient is a transposed one; null if none. */
  static @Nullable Filter of(Linear.Convolution convolution, long... weights) {
    for (Filter filter : List.of(SAME, HALF)) {
      boolean square = weights[2] == filter.kernel && weights[3] == filter.kernel;
      if (square && convolution.moves(filter.stride, filter.padding)) {
        return filter;
      }
    }
    return null;
  }

  /** How many weights take one channel to another. */
  int area() {
    return kernel * kernel;
  }

  /** Whether the outputs are fewer pixels than the inputs. */
  boolean changesSides() {
    return stride > 1;
  }

  /** How many values each channel of a tile is transformed to. */
  int points() {
    return data.outputs();
  }
}
