package io.github.autoencoder4j.latent;

/**
 * Rectifies codes and counts what is left.
 *
 * @param size how many numbers a code has
 */
record CodeL1Kernel(double weight, int size) implements LatentKernel {

  @Override
  public void forward(LatentBatch batch) {
    for (int i = 0; i < batch.n(); i++) {
      double sum = 0;
      for (int j = i * size; j < (i + 1) * size; j++) {
        batch.output()[j] = Math.max(0, batch.input()[j]);
        sum += batch.output()[j];
      }
      if (batch.mode().hasTerms()) {
        batch.addTerm(0, weight * sum);
      }
    }
  }

  @Override
  public void backward(LatentBatch batch) {
    double price = weight * batch.gradientScale();
    for (int i = 0; i < batch.inputGradient().length; i++) {
      batch.inputGradient()[i] = batch.input()[i] > 0 ? batch.outputGradient()[i] + price : 0;
    }
  }
}
