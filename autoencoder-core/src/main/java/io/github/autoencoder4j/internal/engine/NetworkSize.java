package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import java.util.List;

/**
 * How much layers make of one sample.
 *
 * @param widest the values of the widest layer, inputs among them
 * @param values those of all layers together
 */
record NetworkSize(int widest, long values) {

  static NetworkSize of(Architecture architecture) {
    return of(architecture.layers());
  }

  static NetworkSize of(List<LayerPlan> layers) {
    int widest = 1;
    long values = layers.get(0).input().size();
    for (LayerPlan layer : layers) {
      widest = Math.max(widest, Math.max(layer.input().size(), layer.output().size()));
      values += layer.output().size();
    }
    return new NetworkSize(widest, values);
  }

  /**
   * About how many bytes a step on so many samples takes: for what layers make, and its gradient.
   */
  long stepBytes(int n) {
    // In floating point, where no product wraps round.
    return (long) (2.0 * Float.BYTES * n * values);
  }
}
