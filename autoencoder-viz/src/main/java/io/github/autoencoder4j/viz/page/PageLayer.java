package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.PositiveParameter;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.network.Network;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A layer of a decoder with its numbers, as a page computes it.
 *
 * @param kind what it does
 * @param input the shape that goes in
 * @param output the shape that comes out
 * @param kernel the side of its kernels, or of the blocks that are rearranged; 1 for dense layers
 * @param stride by how much sides change; 1 except for strided convolutions
 * @param activation the non-linearity, inside of residual blocks
 * @param arrays its numbers by name, as model files name them
 */
record PageLayer(
    Kind kind,
    ImageShape input,
    ImageShape output,
    int kernel,
    int stride,
    Activation activation,
    Map<String, float[]> arrays) {

  /** What a layer does. */
  enum Kind {
    DENSE,
    CONVOLUTION,
    TRANSPOSED,
    RESIDUAL,
    TO_DEPTH,
    TO_SPACE
  }

  /**
   * Lists the layers of a decoder.
   *
   * @param parameters all numbers of the network
   */
  static List<PageLayer> decoder(Network network, float[] parameters) {
    return network.decoder().stream()
        .map(plan -> of(plan, arrays(network, plan, parameters)))
        .toList();
  }

  private static Map<String, float[]> arrays(Network network, LayerPlan plan, float[] parameters) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    for (Network.Entry entry : network.parameters(plan)) {
      float[] values = new float[entry.length()];
      entry.in(FloatBuffer.wrap(parameters)).get(values);
      String name = entry.spec().name();
      arrays.put(
          name,
          switch (name) {
            case "beta" -> PositiveParameter.values(values, PositiveParameter.LEAST_BETA);
            case "gamma" -> PositiveParameter.values(values, 0);
            default -> values;
          });
    }
    return arrays;
  }

  private static PageLayer of(LayerPlan plan, Map<String, float[]> arrays) {
    return plan.match(
        new LayerPlan.Cases<>() {

          @Override
          public PageLayer dense(DenseLayerPlan dense) {
            return layer(Kind.DENSE, 1, 1);
          }

          @Override
          public PageLayer convolution(ConvLayerPlan conv) {
            return layer(
                conv.transposed() ? Kind.TRANSPOSED : Kind.CONVOLUTION,
                conv.kernel(),
                conv.stride());
          }

          @Override
          public PageLayer residual(ResidualBlockPlan block) {
            return layer(Kind.RESIDUAL, block.kernel(), 1);
          }

          @Override
          public PageLayer rearrangement(RearrangementPlan plan) {
            return layer(plan.toDepth() ? Kind.TO_DEPTH : Kind.TO_SPACE, plan.block(), 1);
          }

          private PageLayer layer(Kind kind, int kernel, int stride) {
            return new PageLayer(
                kind, plan.input(), plan.output(), kernel, stride, plan.activation(), arrays);
          }
        });
  }

  /** How many numbers it has. */
  long size() {
    return arrays.values().stream().mapToLong(values -> values.length).sum();
  }

  /** The same layer with the numbers that a page gets. */
  PageLayer rounded() {
    Map<String, float[]> rounded = new LinkedHashMap<>();
    arrays.forEach(
        (name, values) -> {
          float scale = scale(values);
          float[] halves = new float[values.length];
          IntStream.range(0, values.length)
              .forEach(i -> halves[i] = scale * Halves.toFloat(Halves.of(values[i] / scale)));
          rounded.put(name, halves);
        });
    return new PageLayer(kind, input, output, kernel, stride, activation, rounded);
  }

  /** What values are divided by before they are rounded: their largest size. */
  static float scale(float[] values) {
    float scale = 0;
    for (float value : values) {
      scale = Math.max(scale, Math.abs(value));
    }
    // Division by a subnormal number could overflow; what is so small might as well be zero.
    return Math.max(scale, Float.MIN_NORMAL);
  }
}
