package io.github.autoencoder4j.architecture;

/** One layer of an encoder or a decoder, described by what it turns into what. */
public sealed interface LayerPlan extends Node
    permits DenseLayerPlan, ConvLayerPlan, ResidualBlockPlan, RearrangementPlan {

  /**
   * Gives the non-linearity at its output.
   *
   * @return the activation
   */
  Activation activation();
}
