package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.latent.PowerNormalization.Scope;

/**
 * Scales codes to unit power: {@code z~ = sqrt(k) z / max(|z|, 1e-8)}. Sums are taken in 64 bits,
 * so that the power is 1 to the last bits of a float.
 *
 * @param scope which values share one norm
 */
record PowerKernel(Scope scope) implements LatentKernel {

  private static final double LEAST_NORM = 1e-8;

  /** How many values share one norm. */
  private int group(LatentBatch batch) {
    int length = batch.input().length;
    return scope == Scope.PER_EXAMPLE ? length / batch.n() : length;
  }

  @Override
  public boolean couplesSamples() {
    return scope == Scope.PER_BATCH;
  }

  @Override
  public void forward(LatentBatch batch) {
    double[] in = batch.input();
    double[] out = batch.output();
    int group = group(batch);
    for (int start = 0; start < in.length; start += group) {
      double scale = scale(in, start, group);
      for (int i = start; i < start + group; i++) {
        out[i] = in[i] * scale;
      }
    }
  }

  private static double scale(double[] values, int start, int group) {
    return Math.sqrt(group) / Math.max(norm(values, start, group), LEAST_NORM);
  }

  private static double norm(double[] values, int start, int group) {
    double sum = 0;
    for (int i = start; i < start + group; i++) {
      sum += values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  /**
   * {@code dL/dz = sqrt(k) / |z| (g - z~ <z~, g> / k)} for the gradient {@code g} of the output.
   */
  @Override
  public void backward(LatentBatch batch) {
    double[] codes = batch.input();
    double[] gradient = batch.outputGradient();
    double[] result = batch.inputGradient();
    int group = group(batch);
    for (int start = 0; start < codes.length; start += group) {
      double norm = norm(codes, start, group);
      double scale = scale(codes, start, group);
      double along = 0;
      // Below the least norm the scale is a constant, so nothing flows through it.
      if (norm > LEAST_NORM) {
        for (int i = start; i < start + group; i++) {
          along += codes[i] * gradient[i];
        }
        along /= norm * norm;
      }
      for (int i = start; i < start + group; i++) {
        result[i] = scale * (gradient[i] - codes[i] * along);
      }
    }
  }
}
