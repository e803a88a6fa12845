package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.random.RandomStream;

/** Inverted dropout (Srivastava et al., JMLR 2014): 0, or 1 / (1 - p) to keep the mean. */
final class DropoutMask {

  private DropoutMask() {}

  /** Draws the mask of a layer in a step of training. */
  static float[] draw(DenseLayerPlan plan, long seed, int length, int iteration) {
    double p = plan.dropout();
    RandomStream random = RandomStream.of(seed, "dropout/" + plan.name(), iteration);
    float keep = (float) (1 / (1 - p));
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextDouble() < p ? 0f : keep;
    }
    return values;
  }
}
