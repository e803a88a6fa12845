package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.arithmetic.Saturated;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.StagePlan;

/**
 * What a network takes for one sample, worked out before any of it is built. A sum or product that
 * no {@code long} holds is {@link Long#MAX_VALUE}.
 *
 * @param activations the values that all layers make of one sample; those of convolutions lie in
 *     memory in vectors of 16 channels, and transposed ones make some for each weight and pixel
 * @param multiplications those of all weights with what they meet; a convolution takes about as
 *     long for one channel as for 64, and is counted so
 * @param parameters the numbers that are learnt
 */
record Cost(long activations, long multiplications, long parameters) {

  private static final int VECTOR = 16;
  private static final int FEW_CHANNELS = 64;

  /**
   * How many layers there are. Their plans are not made: a few bytes may ask for millions.
   *
   * @param stages how many stages lie between encoder and decoder
   */
  static long layers(Architecture architecture, int stages) {
    return stages
        + architecture.match(
            new Architecture.Cases<Long>() {

              @Override
              public Long dense(DenseArchitecture dense) {
                return 2L * (dense.hidden().size() + 1);
              }

              @Override
              public Long conv(ConvArchitecture conv) {
                long rearrangements =
                    conv.resampling() == Resampling.SUBPIXEL
                        ? conv.strides().stream().filter(stride -> stride > 1).count()
                        : 0;
                return 2
                    * (conv.widths().size() * (1L + conv.residualBlocks()) + 1 + rearrangements);
              }
            });
  }

  /** Adds up a network that has a bearable number of layers. */
  static Cost of(Network network) {
    Cost sum = new Cost(network.input().size(), 0, 0);
    for (LayerPlan layer : network.layers()) {
      sum = sum.plus(layer.match(OF_LAYER));
    }
    for (StagePlan stage : network.stages()) {
      sum = sum.plus(of(stage));
    }
    return sum;
  }

  private Cost plus(Cost other) {
    return new Cost(
        Saturated.add(activations, other.activations),
        Saturated.add(multiplications, other.multiplications),
        Saturated.add(parameters, other.parameters));
  }

  private static final LayerPlan.Cases<Cost> OF_LAYER =
      new LayerPlan.Cases<>() {

        @Override
        public Cost dense(DenseLayerPlan plan) {
          return new Cost(plan.output().size(), plan.parameters(), plan.parameters());
        }

        @Override
        public Cost convolution(ConvLayerPlan plan) {
          Cost cost = overPixels(plan, 1);
          return plan.transposed() ? cost.plus(new Cost(spread(plan), 0, 0)) : cost;
        }

        @Override
        public Cost residual(ResidualBlockPlan plan) {
          return overPixels(plan, 2);
        }

        @Override
        public Cost rearrangement(RearrangementPlan plan) {
          return new Cost(plan.output().size(), 0, 0);
        }
      };

  private static Cost of(StagePlan stage) {
    return new Cost(stage.output().size(), stage.multiplications(), stage.parameters());
  }

  /** Each weight meets every pixel of the smaller image. */
  private static Cost overPixels(LayerPlan layer, int convolutions) {
    ImageShape in = layer.input();
    ImageShape out = layer.output();
    long parameters = layer.parameters();
    long pixels = Math.min((long) in.height() * in.width(), (long) out.height() * out.width());
    int channels = out.channels();
    long outputs = (long) out.height() * out.width() * padded(channels, VECTOR);
    long weights = Saturated.multiply(parameters / channels, padded(channels, FEW_CHANNELS));
    return new Cost(convolutions * outputs, Saturated.multiply(weights, pixels), parameters);
  }

  /** What a transposed convolution may write out before it adds up what falls on one pixel. */
  private static long spread(ConvLayerPlan plan) {
    ImageShape in = plan.input();
    long kernel = (long) plan.kernelHeight() * plan.kernel();
    long pixels = (long) in.height() * in.width();
    return Saturated.multiply(Saturated.multiply(kernel, pixels), plan.output().channels());
  }

  private static long padded(int channels, int vector) {
    return ((long) channels + vector - 1) / vector * vector;
  }
}
