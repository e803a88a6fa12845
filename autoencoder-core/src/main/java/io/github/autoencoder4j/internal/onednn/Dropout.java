package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.DenseLayerPlan;

/** Draws what dropout multiplies a layer's output by. */
@FunctionalInterface
public interface Dropout {

  /**
   * Draws a mask.
   *
   * @param plan the layer
   * @param length how many values
   * @param iteration the number of the training step
   * @return a new array of that length
   */
  float[] mask(DenseLayerPlan plan, int length, int iteration);
}
