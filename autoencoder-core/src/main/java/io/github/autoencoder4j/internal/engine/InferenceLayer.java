package io.github.autoencoder4j.internal.engine;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that can be applied without touching its own state, so that threads may share it. */
interface InferenceLayer {

  /**
   * Applies the layer as after training: no dropout, no noise.
   *
   * @param input {@code [n, ...]}, row-major; left as it is
   * @return a new array {@code [n, ...]}, row-major
   */
  INDArray infer(INDArray input);
}
