package io.github.autoencoder4j.architecture;

import com.google.common.math.LongMath;
import io.github.autoencoder4j.data.ImageShape;
import java.util.List;

/** One layer of a network, described by what it turns into what. */
public sealed interface LayerPlan
    permits DenseLayerPlan, ConvLayerPlan, ResidualBlockPlan, RearrangementPlan {

  /**
   * The name of the layer, unique within its network.
   *
   * @return for example {@code "encoder-1"}
   */
  String name();

  /**
   * The shape that goes in.
   *
   * @return the shape of one sample
   */
  ImageShape input();

  /**
   * The shape that comes out.
   *
   * @return the shape of one sample
   */
  ImageShape output();

  /**
   * The non-linearity at its output.
   *
   * @return the activation
   */
  Activation activation();

  /**
   * Lists the arrays that the layer learns: weights, biases, and those of its activation.
   *
   * @return in the order in which they lie in memory; empty if it learns nothing; immutable
   */
  List<ParameterSpec> learned();

  /**
   * Counts the numbers that the layer learns.
   *
   * @return the number of parameters; at least 0, and {@link Long#MAX_VALUE} if there are more
   */
  default long parameters() {
    return learned().stream().mapToLong(ParameterSpec::length).reduce(0, LongMath::saturatedAdd);
  }

  /**
   * The kind of layer in a word or two, for tables.
   *
   * @return for example {@code "dense"}
   */
  String kind();
}
