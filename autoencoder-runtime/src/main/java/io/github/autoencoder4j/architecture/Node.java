package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.arithmetic.Saturated;
import java.util.List;

/** One step of a network: it turns a shape into a shape, and may learn arrays of numbers. */
public interface Node {

  /**
   * Names the step.
   *
   * @return unique within its network, for example {@code "encoder-1"}
   */
  String name();

  /**
   * Gives the shape that goes in.
   *
   * @return the shape of one sample
   */
  ImageShape input();

  /**
   * Gives the shape that comes out.
   *
   * @return the shape of one sample
   */
  ImageShape output();

  /**
   * Lists the arrays that it learns, such as weights and biases.
   *
   * @return in the order in which they lie in memory; empty if it learns nothing; immutable
   */
  List<ParameterSpec> learned();

  /**
   * Counts the numbers that it learns.
   *
   * @return the number of parameters; at least 0, and {@link Long#MAX_VALUE} if there are more
   */
  default long parameters() {
    return learned().stream().mapToLong(ParameterSpec::length).reduce(0, Saturated::add);
  }

  /**
   * Counts the multiplications that a sample takes, about: each number that is learnt meets every
   * pixel of the smaller image.
   *
   * @return at least 0, and {@link Long#MAX_VALUE} if there are more
   */
  default long multiplications() {
    long pixels =
        Math.min(
            (long) input().height() * input().width(), (long) output().height() * output().width());
    return Saturated.multiply(parameters(), pixels);
  }

  /**
   * Says whether it sees a sample as {@code [values]} and not as {@code [channels, height, width]},
   * so that a sample does one multiplication for each weight.
   *
   * @return true for fully connected layers
   */
  default boolean isFlat() {
    return false;
  }

  /**
   * Names its kind in a word or two, for tables.
   *
   * @return for example {@code "dense"}
   */
  String kind();
}
