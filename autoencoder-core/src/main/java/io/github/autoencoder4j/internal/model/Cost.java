package io.github.autoencoder4j.internal.model;

import com.google.common.math.LongMath;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.StagePlan;

/**
 * What a network takes for one sample, worked out before any of it is built. A sum or product that
 * no {@code long} holds is {@link Long#MAX_VALUE}.
 *
 * @param activations the values that all layers make of one sample; those of convolutions lie in
 *     memory in vectors of 16 channels
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
    if (architecture instanceof DenseArchitecture dense) {
      return 2L * (dense.hidden().size() + 1) + stages;
    }
    ConvArchitecture conv = (ConvArchitecture) architecture;
    long rearrangements =
        conv.resampling() == Resampling.SUBPIXEL
            ? conv.strides().stream().filter(stride -> stride > 1).count()
            : 0;
    return 2 * (conv.widths().size() * (1L + conv.residualBlocks()) + 1 + rearrangements) + stages;
  }

  /** Adds up a network that has a bearable number of layers. */
  static Cost of(Network network) {
    Cost sum = new Cost(network.input().size(), 0, 0);
    for (Node node : network.nodes()) {
      sum = sum.plus(of(node));
    }
    return sum;
  }

  private Cost plus(Cost other) {
    return new Cost(
        LongMath.saturatedAdd(activations, other.activations),
        LongMath.saturatedAdd(multiplications, other.multiplications),
        LongMath.saturatedAdd(parameters, other.parameters));
  }

  private static Cost of(Node layer) {
    ImageShape in = layer.input();
    ImageShape out = layer.output();
    long parameters = layer.parameters();
    if (layer instanceof DenseLayerPlan) {
      return new Cost(out.size(), parameters, parameters);
    }
    if (layer instanceof RearrangementPlan) {
      return new Cost(out.size(), 0, 0);
    }
    if (layer instanceof StagePlan) {
      // Each number may meet each value, as the vectors of a codebook do.
      long area = (long) out.height() * out.width();
      return new Cost(out.size(), LongMath.saturatedMultiply(parameters, area), parameters);
    }
    // Each weight meets every pixel of the smaller image.
    long pixels = Math.min((long) in.height() * in.width(), (long) out.height() * out.width());
    int channels = out.channels();
    long outputs = (long) out.height() * out.width() * padded(channels, VECTOR);
    long weights =
        LongMath.saturatedMultiply(parameters / channels, padded(channels, FEW_CHANNELS));
    return new Cost(
        layer instanceof ResidualBlockPlan ? 2 * outputs : outputs,
        LongMath.saturatedMultiply(weights, pixels),
        parameters);
  }

  private static long padded(int channels, int vector) {
    return ((long) channels + vector - 1) / vector * vector;
  }
}
