package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.random.RandomStream;

/** Inverted dropout (Srivastava et al., JMLR 2014): 0, or 1 / (1 - p) to keep the mean. */
final class DropoutMask {

  private DropoutMask() {}

  /** Draws the mask of a layer in a step of training, for samples from the first one on. */
  static float[] draw(DenseLayerPlan plan, long seed, int first, int n, int iteration) {
    double p = plan.dropout();
    float keep = (float) (1 / (1 - p));
    int width = plan.output().size();
    float[] values = new float[n * width];
    for (int i = 0; i < n; i++) {
      RandomStream random =
          RandomStream.of(seed, "dropout/" + plan.name() + "/" + iteration, first + i);
      for (int j = i * width; j < (i + 1) * width; j++) {
        values[j] = random.nextDouble() < p ? 0f : keep;
      }
    }
    return values;
  }
}
