package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Axes;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.PositiveParameter;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.runtime.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer of a decoder with its numbers, as a page computes it.
 *
 * @param kind what it does
 * @param input the shape that goes in
 * @param output the shape that comes out
 * @param kernel how wide its kernels are, or the blocks that are rearranged; 1 for dense layers
 * @param stride by how much the width changes; 1 except for strided convolutions
 * @param axes whether kernels, blocks and strides are as high as they are wide
 * @param activation the non-linearity, inside of residual blocks
 * @param arrays its numbers by name, as model files name them
 */
record PageLayer(
    Kind kind,
    ImageShape input,
    ImageShape output,
    int kernel,
    int stride,
    Axes axes,
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
      arrays.put(entry.spec().name(), counted(entry.spec().name(), values));
    }
    return arrays;
  }

  /** What the numbers of a layer count as. */
  private static float[] counted(String name, float[] stored) {
    return switch (name) {
      case "beta" -> PositiveParameter.values(stored, PositiveParameter.LEAST_BETA);
      case "gamma" -> PositiveParameter.values(stored, 0);
      default -> stored;
    };
  }

  private static PageLayer of(LayerPlan plan, Map<String, float[]> arrays) {
    return plan.match(
        new LayerPlan.Cases<>() {

          @Override
          public PageLayer dense(DenseLayerPlan dense) {
            return layer(Kind.DENSE, 1, 1, Axes.BOTH);
          }

          @Override
          public PageLayer convolution(ConvLayerPlan conv) {
            return layer(
                conv.transposed() ? Kind.TRANSPOSED : Kind.CONVOLUTION,
                conv.kernel(),
                conv.stride(),
                conv.axes());
          }

          @Override
          public PageLayer residual(ResidualBlockPlan block) {
            return layer(Kind.RESIDUAL, block.kernel(), 1, block.axes());
          }

          @Override
          public PageLayer rearrangement(RearrangementPlan plan) {
            return layer(
                plan.toDepth() ? Kind.TO_DEPTH : Kind.TO_SPACE, plan.block(), 1, plan.axes());
          }

          private PageLayer layer(Kind kind, int kernel, int stride, Axes axes) {
            return new PageLayer(
                kind, plan.input(), plan.output(), kernel, stride, axes, plan.activation(), arrays);
          }
        });
  }

  /** How many numbers it has. */
  long size() {
    return arrays.values().stream().mapToLong(values -> values.length).sum();
  }

  /** The weights of a decoder as a page gets them. */
  static Weights rounded(Weights weights) {
    return new Weights(weights.arrays().stream().map(PageLayer::rounded).toList());
  }

  private static WeightArray rounded(WeightArray array) {
    String name = array.name().substring(array.name().lastIndexOf('.') + 1);
    boolean isPositive = name.equals("beta") || name.equals("gamma");
    float[] values = counted(name, array.toArray());
    float scale = scale(values);
    for (int i = 0; i < values.length; i++) {
      float rounded = scale * Halves.toFloat(Halves.of(values[i] / scale));
      values[i] = isPositive ? (float) PositiveParameter.stored(rounded) : rounded;
    }
    return new WeightArray(array.name(), array.shape(), FloatBuffer.wrap(values));
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
