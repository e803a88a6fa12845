package io.github.autoencoder4j.internal.onednn;

/**
 * What the steps of a forward pass compute, and how to add those of the backward pass.
 *
 * @param out the outputs
 * @param reverse adds the backward pass; for training only
 */
record Reversible(Tensor out, Reverse reverse) {

  /** Adds the steps of one layer's backward pass. */
  @FunctionalInterface
  interface Reverse {

    /**
     * Adds them.
     *
     * @param gradient that of the layer's output; may be overwritten
     * @param wanted whether anybody asks for the gradient of the layer's input
     * @return that of the layer's input if it is wanted, else any tensor
     */
    Tensor build(Tensor gradient, boolean wanted);
  }

  /** This one followed by another that was fed its outputs. */
  Reversible then(Reversible next) {
    return new Reversible(
        next.out, (gradient, wanted) -> reverse.build(next.reverse.build(gradient, true), wanted));
  }
}
