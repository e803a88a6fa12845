package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.DenseLayerPlan;

/** Draws what dropout multiplies a layer's output by. */
@FunctionalInterface
public interface Dropout {

  /**
   * Draws a mask.
   *
   * @param plan the layer
   * @param n for how many samples
   * @param iteration the number of the training step
   * @return a new array of as many values as the layer puts out
   */
  float[] mask(DenseLayerPlan plan, int n, int iteration);
}
