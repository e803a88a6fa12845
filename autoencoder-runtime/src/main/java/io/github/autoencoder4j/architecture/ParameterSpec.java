package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.internal.arithmetic.Saturated;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import java.util.Objects;

/**
 * One array of numbers that a layer learns, and how it starts.
 *
 * @param name unique within the layer, such as {@code "weight"}; model files hold it, so it stays
 * @param shape row-major, {@code [out, in]} for dense layers, {@code [out, in, height, width]} for
 *     convolutions and {@code [in, out, height, width]} for transposed ones; copied
 * @param kind what the numbers do
 * @param start gives their first values
 */
public record ParameterSpec(String name, List<Integer> shape, Kind kind, Start start) {

  /** What numbers do in a layer. */
  public enum Kind {
    /** They multiply inputs, and penalties apply to them. */
    WEIGHT,
    /** They are added. */
    BIAS,
    /** They shape the activation. */
    ACTIVATION,
    /**
     * No gradient moves them: whatever owns them does, such as a codebook its running means. Saved
     * and restored as all are.
     */
    STATE
  }

  /** Gives first values. */
  @FunctionalInterface
  public interface Start {

    /**
     * Gives one value; asked in the order in which values lie in memory.
     *
     * @param index its position in the array, from 0
     * @param random what to draw from
     * @return the value
     */
    double value(int index, RandomStream random);

    /**
     * Gives first values by another rule.
     *
     * @param initialization the rule
     * @return this start where the rule has nothing to say
     */
    default Start by(Initialization initialization) {
      return this;
    }
  }

  /**
   * How the numbers between inputs and outputs start.
   *
   * @param stddev the spread of what suits the layer
   * @param in how many inputs an output sees
   * @param out how many outputs an input reaches
   */
  private record WeightStart(double stddev, double in, double out) implements Start {

    @Override
    public double value(int index, RandomStream random) {
      return stddev * random.nextGaussian();
    }

    @Override
    public Start by(Initialization initialization) {
      return switch (initialization) {
        case AUTOMATIC -> this;
        case GLOROT_UNIFORM -> uniform(Math.sqrt(6 / (in + out)));
        case FAN_IN_UNIFORM -> uniform(1 / Math.sqrt(in));
      };
    }
  }

  /**
   * How the numbers that are added start.
   *
   * @param in how many inputs an output sees
   */
  private record BiasStart(double in) implements Start {

    @Override
    public double value(int index, RandomStream random) {
      return 0;
    }

    @Override
    public Start by(Initialization initialization) {
      return initialization == Initialization.FAN_IN_UNIFORM ? uniform(1 / Math.sqrt(in)) : this;
    }
  }

  private static Start uniform(double bound) {
    return (index, random) -> bound * (2 * random.nextDouble() - 1);
  }

  /**
   * Copies the shape.
   *
   * @param name unique within the layer
   * @param shape row-major
   * @param kind what the numbers do
   * @param start gives their first values
   */
  public ParameterSpec {
    Objects.requireNonNull(name, "name");
    shape = List.copyOf(shape);
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(start, "start");
  }

  static ParameterSpec weight(
      String name, List<Integer> shape, double stddev, double in, double out) {
    return new ParameterSpec(name, shape, Kind.WEIGHT, new WeightStart(stddev, in, out));
  }

  static ParameterSpec bias(String name, int channels, double in) {
    return new ParameterSpec(name, List.of(channels), Kind.BIAS, new BiasStart(in));
  }

  static ParameterSpec activation(String name, List<Integer> shape, Start start) {
    return new ParameterSpec(name, shape, Kind.ACTIVATION, start);
  }

  /**
   * Counts the numbers.
   *
   * @return the product of the sides; {@link Long#MAX_VALUE} if it is more
   */
  public long length() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Saturated::multiply);
  }
}
