package io.github.autoencoder4j.internal.onednn;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** Where the numbers lie that layers learn, and where their gradients go. */
@FunctionalInterface
public interface Parameters {

  /**
   * One array of one layer, row-major.
   *
   * @param value what the layer computes with
   * @param gradient where its gradient goes; null if nobody trains
   * @param start the position of its first number among all that the network learns
   */
  record Parameter(FloatPointer value, @Nullable FloatPointer gradient, int start) {}

  /**
   * Finds an array.
   *
   * @param layer the position of the layer in the network, from 0
   * @param index the position of the array in the layer, from 0
   * @return the array
   */
  Parameter of(int layer, int index);
}
