package io.github.autoencoder4j.latent;

import java.util.List;

/** Rounds numbers to levels. */
record FiniteScalarKernel(List<Integer> levels, Groups groups) implements LatentKernel {

  @Override
  public void forward(LatentBatch batch) {
    for (int i = 0; i < batch.n(); i++) {
      for (int v = 0; v < groups.vectors(); v++) {
        int start = i * groups.size() + groups.start(v);
        for (int d = 0; d < groups.dimension(); d++) {
          int at = start + d * groups.stride();
          double squashed = Math.tanh(batch.input()[at]);
          int count = levels.get(d);
          // What is not a number stays so, and is not taken for a level.
          batch.output()[at] =
              Double.isNaN(squashed)
                  ? squashed
                  : FiniteScalarQuantization.value(
                      FiniteScalarQuantization.nearest(squashed, count), count);
        }
      }
    }
  }

  /** As if nothing were rounded: {@code dt/dz = 1 - t^2}. */
  @Override
  public void backward(LatentBatch batch) {
    for (int i = 0; i < batch.inputGradient().length; i++) {
      double squashed = Math.tanh(batch.input()[i]);
      batch.inputGradient()[i] = batch.outputGradient()[i] * (1 - squashed * squashed);
    }
  }
}
