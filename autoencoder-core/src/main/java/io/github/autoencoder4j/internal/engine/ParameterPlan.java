package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import java.util.List;

/**
 * One array of numbers that a layer learns, and how it starts.
 *
 * @param key its name within the layer
 * @param shape its shape, row-major unless the layer says otherwise
 * @param weight whether penalties apply to it
 * @param stddev the standard deviation of its first values; 0 for zeros
 */
record ParameterPlan(String key, List<Integer> shape, boolean weight, double stddev) {

  static final String WEIGHT = "W";
  static final String BIAS = "b";
  static final String SECOND_WEIGHT = "W2";
  static final String SECOND_BIAS = "b2";

  long length() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  long[] sides() {
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }

  /** The arrays of a layer in the order in which they lie in memory. */
  static List<ParameterPlan> of(LayerPlan plan) {
    if (plan instanceof DenseLayerPlan dense) {
      int in = dense.input().size();
      int out = dense.output().size();
      return List.of(
          new ParameterPlan(WEIGHT, List.of(in, out), true, stddev(dense.activation(), in, out)),
          bias(BIAS, out));
    }
    if (plan instanceof ConvLayerPlan conv) {
      // Biases first, as Deeplearning4j's convolutions have them.
      return List.of(bias(BIAS, conv.output().channels()), convWeight(conv));
    }
    if (plan instanceof ResidualBlockPlan block) {
      int channels = block.input().channels();
      List<Integer> shape = List.of(channels, channels, block.kernel(), block.kernel());
      double area = block.kernel() * block.kernel();
      return List.of(
          bias(BIAS, channels),
          new ParameterPlan(
              WEIGHT, shape, true, stddev(block.activation(), area * channels, area * channels)),
          bias(SECOND_BIAS, channels),
          // Zero, so that the block starts as the identity.
          new ParameterPlan(SECOND_WEIGHT, shape, true, 0));
    }
    return List.of();
  }

  private static ParameterPlan bias(String key, int channels) {
    return new ParameterPlan(key, List.of(channels), false, 0);
  }

  private static ParameterPlan convWeight(ConvLayerPlan conv) {
    int in = conv.input().channels();
    int out = conv.output().channels();
    double area = conv.kernel() * conv.kernel();
    double phases = conv.stride() * conv.stride();
    // What one output sees and one input reaches: strides leave out all but one position in s x s.
    double fanIn = area * in / (conv.transposed() ? phases : 1);
    double fanOut = area * out / (conv.transposed() ? 1 : phases);
    int rows = conv.transposed() ? in : out;
    int columns = conv.transposed() ? out : in;
    return new ParameterPlan(
        WEIGHT,
        List.of(rows, columns, conv.kernel(), conv.kernel()),
        true,
        stddev(conv.activation(), fanIn, fanOut));
  }

  /**
   * The spread that keeps signals alive through the depth: variance {@code 2 / in} before
   * rectifiers (He et al., ICCV 2015), {@code 2 / (in + out)} elsewhere (Glorot and Bengio, AISTATS
   * 2010).
   */
  private static double stddev(Activation activation, double in, double out) {
    boolean rectifier =
        activation != Activation.IDENTITY
            && activation != Activation.TANH
            && activation != Activation.SIGMOID;
    return Math.sqrt(rectifier ? 2.0 / in : 2.0 / (in + out));
  }
}
