package io.github.autoencoder4j.internal.onednn;

import java.util.function.Function;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Says where convolutions of three by three pixels are computed by Winograd's minimal filtering
 * (Lavin and Gray, Fast algorithms for convolutional neural networks, CVPR 2016, arXiv:1509.09308):
 * tiles of four by four outputs from 36 products of matrices in place of 144. It is a choice by
 * shapes alone, never by a clock, so that a run has the same bits each time.
 */
final class Winograd {

  private static final Linear.Convolution SAME = Linear.Convolution.of(1, 1);
  private static final int KERNEL = 3;
  private static final int TILE = 4;

  /** With fewer, moving tiles takes the time that products save. */
  private static final int LEAST_CHANNELS = 32;

  /** With fewer, so do the weights, which in training are moved at each step. */
  private static final int LEAST_TILES = 32;

  private Winograd() {}

  /**
   * Whether it takes less time. How many samples there are matters in training only: a result of
   * inference must not depend on what it was computed together with.
   *
   * @param weights their sides, {@code [out, in, height, width]}
   * @param in the sides of the input, {@code [n, in, height, width]}
   */
  static boolean pays(Linear.Convolution convolution, boolean training, long[] weights, long[] in) {
    return convolution.equals(SAME)
        && weights[2] == KERNEL
        && weights[3] == KERNEL
        && Math.min(weights[0], weights[1]) >= LEAST_CHANNELS
        && (!training || in[0] * tiles(in[2]) * tiles(in[3]) >= LEAST_TILES);
  }

  /**
   * Describes an operation by it, if that is faster and oneDNN has it here.
   *
   * @param operation makes the operation of the algorithm
   * @param forward the forward operation, if the other is that of a gradient
   */
  static @Nullable primitive_desc describe(
      Graph graph,
      boolean training,
      Linear linear,
      Tensor weight,
      Tensor in,
      Function<Linear, Pointer> operation,
      @Nullable primitive_desc forward) {
    return linear instanceof Linear.Convolution convolution
            && pays(convolution, training, weight.sides(), in.sides())
        ? graph
            .descriptions()
            .winograd(
                operation.apply(convolution.by(Linear.Convolution.Algorithm.WINOGRAD)), forward)
        : null;
  }

  private static long tiles(long side) {
    return (side + TILE - 1) / TILE;
  }
}
