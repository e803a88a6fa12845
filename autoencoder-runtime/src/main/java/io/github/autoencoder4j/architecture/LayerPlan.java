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

  /**
   * Answers a question that each kind of layer has its own answer to. A kind more is a method more
   * here, so that no backend and no file can forget it.
   *
   * @param <R> the kind of answer
   * @param cases an answer for each kind
   * @return the answer for this one
   */
  <R> R match(Cases<R> cases);

  /**
   * An answer for each kind of layer.
   *
   * @param <R> the kind of answer
   */
  interface Cases<R> {

    /**
     * Answers for a fully connected layer.
     *
     * @param plan the layer
     * @return the answer
     */
    R dense(DenseLayerPlan plan);

    /**
     * Answers for a convolution.
     *
     * @param plan the layer
     * @return the answer
     */
    R convolution(ConvLayerPlan plan);

    /**
     * Answers for a residual block.
     *
     * @param plan the layer
     * @return the answer
     */
    R residual(ResidualBlockPlan plan);

    /**
     * Answers for a rearrangement of pixels and channels.
     *
     * @param plan the layer
     * @return the answer
     */
    R rearrangement(RearrangementPlan plan);
  }
}
