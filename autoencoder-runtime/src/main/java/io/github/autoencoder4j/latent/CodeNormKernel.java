package io.github.autoencoder4j.latent;

/**
 * Measures how long codes are.
 *
 * @param size how many numbers a code has
 */
record CodeNormKernel(double weight, int size) implements LatentKernel {

  @Override
  public void forward(LatentBatch batch) {
    double[] codes = batch.input();
    System.arraycopy(codes, 0, batch.output(), 0, codes.length);
    for (int i = 0; i < batch.n() && batch.mode().hasTerms(); i++) {
      double sum = 0;
      for (int j = i * size; j < (i + 1) * size; j++) {
        sum += codes[j] * codes[j];
      }
      batch.addTerm(0, weight / 2 * sum);
    }
  }

  @Override
  public void backward(LatentBatch batch) {
    double pull = weight * batch.gradientScale();
    for (int i = 0; i < batch.inputGradient().length; i++) {
      batch.inputGradient()[i] = batch.outputGradient()[i] + pull * batch.input()[i];
    }
  }
}
