package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;

/**
 * Says which convolutions are computed by Winograd's minimal filtering (Lavin and Gray, Fast
 * algorithms for convolutional neural networks, CVPR 2016, arXiv:1509.09308): tiles of four by four
 * outputs from 36 products of matrices in place of 144. It is a choice by shapes and by the
 * processor's instructions, never by a clock, so that a run has the same bits each time.
 */
final class Winograd {

  private static final Linear.Convolution SAME = Linear.Convolution.of(1, 1);
  private static final int KERNEL = 3;

  /**
   * The products that are saved grow with {@code in * out} channels, what is moved for it with
   * {@code in + out}; below this ratio the second takes longer. With wider vectors products are
   * faster, and moving is not.
   */
  private static final long LEAST_RATIO = Descriptions.HAS_AVX512 ? 16 : 10;

  /** Transformed weights are four times as large; more of them do not stay in any cache. */
  private static final long MOST_WEIGHTS = 1 << 17;

  /**
   * Weights are transformed too, in training at each step; with fewer tiles that is not won back.
   */
  private static final long LEAST_TILES = 32;

  private Winograd() {}

  /**
   * Whether it takes less time. How many samples there are matters in training only: a result of
   * inference must not depend on what it was computed together with.
   *
   * @param weights their sides, {@code [out, in, height, width]}
   * @param in the sides of the input, {@code [n, in, height, width]}
   */
  static boolean pays(Linear linear, boolean training, long[] weights, long[] in) {
    if (!linear.equals(SAME) || weights[2] != KERNEL || weights[3] != KERNEL) {
      return false;
    }
    long tiles = (long) Tiles.count(in[2]) * Tiles.count(in[3]);
    // Where tiles reach far beyond the picture, most of their products are for nothing.
    boolean filled = 2 * tiles * Tiles.SIDE * Tiles.SIDE <= 3 * in[2] * in[3];
    long product = weights[0] * weights[1];
    return filled
        && product >= LEAST_RATIO * (weights[0] + weights[1])
        && product <= MOST_WEIGHTS
        && (!training || in[0] * tiles >= LEAST_TILES)
        && in[0] * in[2] * in[3] * Math.max(weights[0], weights[1]) <= Integer.MAX_VALUE;
  }

  /** Whether a layer is computed so when nobody trains. */
  static boolean computes(LayerPlan layer) {
    return layer.match(
        new LayerPlan.Cases<>() {

          @Override
          public Boolean dense(DenseLayerPlan plan) {
            return false;
          }

          @Override
          public Boolean convolution(ConvLayerPlan plan) {
            return pays(
                Linear.Convolution.of(plan), false, Compiler.weightSides(plan), sides(layer));
          }

          @Override
          public Boolean residual(ResidualBlockPlan plan) {
            return pays(
                Linear.Convolution.of(plan), false, Compiler.weightSides(plan), sides(layer));
          }

          @Override
          public Boolean rearrangement(RearrangementPlan plan) {
            return false;
          }
        });
  }

  private static long[] sides(LayerPlan layer) {
    return Compiler.sides(1, layer.input(), true);
  }
}
