package io.github.autoencoder4j.latent;

/** Compares the codes of a batch with the standard normal distribution, and passes them on. */
record WassersteinKernel(double weight, Discrepancy discrepancy) implements LatentKernel {

  @Override
  public boolean couplesSamples() {
    return true;
  }

  @Override
  public void forward(LatentBatch batch) {
    double[] codes = batch.input();
    System.arraycopy(codes, 0, batch.output(), 0, codes.length);
    int n = batch.n();
    if (!batch.mode().hasTerms() || n < 2) {
      return;
    }
    double pairs = 0;
    double expected = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        pairs += 2 * discrepancy.between(squaredDistance(codes, i, j)).sum();
      }
      expected += discrepancy.expected(1, squaredNorm(codes, i)).sum();
    }
    double square =
        pairs / ((double) n * (n - 1)) - 2 * expected / n + discrepancy.expected(2, 0).sum();
    batch.addTerm(0, n * weight * square);
  }

  private double squaredNorm(double[] codes, int sample) {
    int size = discrepancy.size();
    double sum = 0;
    for (int at = sample * size; at < (sample + 1) * size; at++) {
      sum += codes[at] * codes[at];
    }
    return sum;
  }

  private double squaredDistance(double[] codes, int one, int other) {
    int size = discrepancy.size();
    double sum = 0;
    for (int d = 0; d < size; d++) {
      double difference = codes[one * size + d] - codes[other * size + d];
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public void backward(LatentBatch batch) {
    double[] codes = batch.input();
    double[] gradient = batch.inputGradient();
    System.arraycopy(batch.outputGradient(), 0, gradient, 0, gradient.length);
    int n = batch.n();
    if (n < 2) {
      return;
    }
    int size = discrepancy.size();
    double scale = n * weight * batch.gradientScale();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double slope = discrepancy.between(squaredDistance(codes, i, j)).slope();
        double pull = scale * 4 * slope / ((double) n * (n - 1));
        for (int d = 0; d < size; d++) {
          double difference = codes[i * size + d] - codes[j * size + d];
          gradient[i * size + d] += pull * difference;
          gradient[j * size + d] -= pull * difference;
        }
      }
      double slope = discrepancy.expected(1, squaredNorm(codes, i)).slope();
      for (int d = 0; d < size; d++) {
        gradient[i * size + d] -= scale * 4 * slope / n * codes[i * size + d];
      }
    }
  }
}
