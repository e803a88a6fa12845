package io.github.autoencoder4j.internal.onednn;

import com.google.common.primitives.Longs;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import org.jspecify.annotations.Nullable;

/**
 * Says which convolutions are computed by Winograd's minimal filtering (Lavin and Gray, Fast
 * algorithms for convolutional neural networks, CVPR 2016, arXiv:1509.09308): tiles of four by four
 * outputs of three by three taps from 36 products in place of 144. It is a choice by shapes and by
 * the processor's instructions, never by a clock, so that a run has the same bits each time.
 */
final class Winograd {

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
   * @param out those of the output
   * @return how, or null if not
   */
  static @Nullable Filter pays(
      Linear linear, boolean training, long[] weights, long[] in, long... out) {
    if (!(linear instanceof Linear.Convolution convolution)) {
      return null;
    }
    Filter filter = Filter.of(convolution, weights);
    // Between pictures of two sizes more is moved, which wider vectors do not speed up.
    if (filter == null
        || (filter.changesSides() && Descriptions.HAS_AVX512)
        || (convolution.transposed() && !filter.changesSides())) {
      return null;
    }
    long[] large = convolution.transposed() ? out : in;
    long[] small = convolution.transposed() ? in : out;
    long tiles = (long) WinogradTiles.count(small[2]) * WinogradTiles.count(small[3]);
    // Where tiles reach far beyond the picture, most of their products are for nothing.
    boolean filled = 2 * tiles * WinogradTiles.SIDE * WinogradTiles.SIDE <= 3 * small[2] * small[3];
    long stride = filter.stride();
    long channels = stride * stride * large[1];
    long product = channels * small[1];
    // Of two rows of tiles, as one worker may have them at a time.
    long row = 2L * filter.points() * WinogradTiles.count(small[3]) * Math.max(channels, small[1]);
    boolean pays =
        filled
            && product >= LEAST_RATIO * (channels + small[1])
            && product <= MOST_WEIGHTS
            && (!training || in[0] * tiles >= LEAST_TILES)
            && Longs.max(count(in), count(out), row) <= Integer.MAX_VALUE;
    return pays ? filter : null;
  }

  private static long count(long... sides) {
    return sides[0] * sides[1] * sides[2] * sides[3];
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
            return computes(Linear.Convolution.of(plan), Compiler.weightSides(plan), layer);
          }

          @Override
          public Boolean residual(ResidualBlockPlan plan) {
            return computes(Linear.Convolution.of(plan), Compiler.weightSides(plan), layer);
          }

          @Override
          public Boolean rearrangement(RearrangementPlan plan) {
            return false;
          }
        });
  }

  private static boolean computes(Linear linear, long[] weights, LayerPlan layer) {
    return pays(
            linear,
            false,
            weights,
            Compiler.sides(1, layer.input(), true),
            Compiler.sides(1, layer.output(), true))
        != null;
  }
}
