package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One array of numbers that a layer learns, and how it starts.
 *
 * @param key its name within the layer
 * @param shape its shape
 * @param order {@code 'c'} if it lies row by row, {@code 'f'} if column by column
 * @param weight whether penalties apply to it
 * @param start its first values
 */
record ParameterPlan(String key, List<Integer> shape, char order, boolean weight, Start start) {

  static final String WEIGHT = "W";
  static final String BIAS = "b";
  static final String SECOND_WEIGHT = "W2";
  static final String SECOND_BIAS = "b2";
  static final String SLOPE = "a";
  static final String BETA = "beta";
  static final String GAMMA = "gamma";

  /** Gives first values, asked for in the order in which they lie in memory. */
  @FunctionalInterface
  interface Start {
    double value(int index, RandomStream random);
  }

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
      // Columns first, as Deeplearning4j has them and the matrix product wants them.
      return listOf(
          List.of(
              new ParameterPlan(
                  WEIGHT, List.of(in, out), 'f', true, normal(stddev(dense.activation(), in, out))),
              bias(BIAS, out)),
          ofActivation(dense.activation(), out));
    }
    if (plan instanceof ConvLayerPlan conv) {
      int out = conv.output().channels();
      // Biases first, as Deeplearning4j's convolutions have them.
      return listOf(
          List.of(bias(BIAS, out), convWeight(conv)), ofActivation(conv.activation(), out));
    }
    if (plan instanceof ResidualBlockPlan block) {
      int channels = block.input().channels();
      List<Integer> shape = List.of(channels, channels, block.kernel(), block.kernel());
      double area = block.kernel() * block.kernel();
      double stddev = stddev(block.activation(), area * channels, area * channels);
      return listOf(
          List.of(
              bias(BIAS, channels),
              new ParameterPlan(WEIGHT, shape, 'c', true, normal(stddev)),
              bias(SECOND_BIAS, channels),
              // Zero, so that the block starts as the identity.
              new ParameterPlan(SECOND_WEIGHT, shape, 'c', true, constant(0))),
          ofActivation(block.activation(), channels));
    }
    return List.of();
  }

  private static List<ParameterPlan> listOf(
      List<ParameterPlan> affine, List<ParameterPlan> activation) {
    List<ParameterPlan> all = new ArrayList<>(affine);
    all.addAll(activation);
    return Collections.unmodifiableList(all);
  }

  private static List<ParameterPlan> ofActivation(Activation activation, int channels) {
    return switch (activation) {
      case PRELU ->
          List.of(
              new ParameterPlan(
                  SLOPE, List.of(channels), 'c', false, constant(ParametricRelu.FIRST_SLOPE)));
      case GDN, INVERSE_GDN -> {
        double one = DivisiveNormalization.stored(1);
        double diagonal = DivisiveNormalization.stored(0.1);
        double elsewhere = DivisiveNormalization.stored(0);
        yield List.of(
            new ParameterPlan(BETA, List.of(channels), 'c', false, constant(one)),
            // A convolution with kernels of one pixel.
            new ParameterPlan(
                GAMMA,
                List.of(channels, channels, 1, 1),
                'c',
                false,
                (index, random) -> index % (channels + 1) == 0 ? diagonal : elsewhere));
      }
      default -> List.of();
    };
  }

  private static ParameterPlan bias(String key, int channels) {
    return new ParameterPlan(key, List.of(channels), 'c', false, constant(0));
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
        'c',
        true,
        normal(stddev(conv.activation(), fanIn, fanOut)));
  }

  private static Start constant(double value) {
    return (index, random) -> value;
  }

  private static Start normal(double stddev) {
    return (index, random) -> stddev * random.nextGaussian();
  }

  /**
   * The spread that keeps signals alive through the depth: variance {@code 2 / ((1 + a^2) in)}
   * before rectifiers of slope {@code a} (He et al., ICCV 2015), {@code 2 / (in + out)} elsewhere
   * (Glorot and Bengio, AISTATS 2010).
   */
  private static double stddev(Activation activation, double in, double out) {
    return Math.sqrt(
        switch (activation) {
          case RELU, LEAKY_RELU, ELU, SILU -> 2 / in;
          case PRELU -> 2 / ((1 + ParametricRelu.FIRST_SLOPE * ParametricRelu.FIRST_SLOPE) * in);
          case IDENTITY, TANH, SIGMOID, GDN, INVERSE_GDN -> 2 / (in + out);
        });
  }
}
