package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.latent.LatentBatch.Mode;
import java.util.Arrays;

/**
 * Keeps the largest numbers of each code.
 *
 * @param size how many numbers a code has
 */
record TopKKernel(TopK stage, int size) implements LatentKernel {

  /** 1 for what is kept. */
  @Override
  public int kept() {
    return size;
  }

  @Override
  public void forward(LatentBatch batch) {
    int k = batch.mode() == Mode.TRAINING ? stage.k() : stage.encodingK();
    for (int i = 0; i < batch.n(); i++) {
      int start = i * size;
      boolean[] largest = Largest.of(Arrays.copyOfRange(batch.input(), start, start + size), k);
      for (int j = 0; j < size; j++) {
        batch.kept()[start + j] = largest[j] ? 1 : 0;
        batch.output()[start + j] = largest[j] ? batch.input()[start + j] : 0;
      }
    }
  }

  @Override
  public void backward(LatentBatch batch) {
    for (int i = 0; i < batch.inputGradient().length; i++) {
      batch.inputGradient()[i] = batch.kept()[i] * batch.outputGradient()[i];
    }
  }
}
