package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.random.RandomStream;

/**
 * Draws codes from their distributions, and measures how far these are from the standard normal
 * one.
 *
 * @param size how many numbers a code has; it is fed as many means, then as many log variances
 */
record VariationalKernel(Variational stage, int size) implements LatentKernel {

  /** What was drawn, of several draws how far each lies from the mean; then the deviations. */
  @Override
  public int kept() {
    return 2 * size;
  }

  /** What the divergence is multiplied by now. */
  private double weight(LatentBatch batch) {
    return stage.beta() * risen(stage.warmupSteps(), batch);
  }

  /** What a code is to cost now, in nats. */
  private double capacity(LatentBatch batch) {
    return stage.capacity() * risen(stage.capacitySteps(), batch);
  }

  /**
   * How far something has come that rises in training; all the way where the objective is judged.
   */
  private static double risen(int steps, LatentBatch batch) {
    return steps == 0 || batch.mode() != Mode.TRAINING
        ? 1
        : Math.min(1, (batch.iteration() + 1.0) / steps);
  }

  /** That of a sample, what is free included. */
  private double divergence(LatentBatch batch, int sample) {
    double nats = 0;
    int means = 2 * sample * size;
    for (int j = 0; j < size; j++) {
      double ofNumber = divergence(batch.input()[means + j], batch.input()[means + size + j]);
      nats += Math.max(stage.freeNats(), ofNumber);
    }
    return nats;
  }

  /** That of one number, in nats. */
  private static double divergence(double mean, double logVariance) {
    return (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2;
  }

  @Override
  public void forward(LatentBatch batch) {
    double[] in = batch.input();
    double[] out = batch.output();
    double[] kept = batch.kept();
    boolean noisy = batch.mode().hasTerms();
    double weight = weight(batch);
    double capacity = capacity(batch);
    for (int i = 0; i < batch.n(); i++) {
      int means = 2 * i * size;
      int codes = i * size;
      if (!noisy) {
        System.arraycopy(in, means, out, codes, size);
        continue;
      }
      RandomStream random = batch.random(i);
      double nats = 0;
      double logWeight = 0;
      for (int j = 0; j < size; j++) {
        double mean = in[means + j];
        double logVariance = in[means + size + j];
        double draw = random.nextGaussian();
        // The draws of a sample stand one after the other and share their distribution.
        double deviation =
            i > 0 && logVariance == in[means - size + j]
                ? kept[means - size + j]
                : Math.exp(logVariance / 2);
        kept[means + size + j] = deviation;
        double spread = deviation * draw;
        double code = mean + spread;
        out[codes + j] = code;
        if (stage.draws() > 1) {
          kept[means + j] = spread;
          logWeight += (draw * draw + logVariance - code * code) / 2;
        } else {
          kept[means + j] = draw;
          nats += Math.max(stage.freeNats(), divergence(mean, logVariance));
        }
      }
      if (stage.draws() > 1) {
        batch.logWeights()[i] = logWeight;
      } else {
        batch.addTerm(0, weight * Math.abs(nats - capacity));
      }
    }
  }

  /**
   * Of {@code ln q(z | x) - ln p(z) = (z^2 - ln s^2 - e^2) / 2} along {@code z = mu + s e}: the
   * derivatives are {@code z}, and {@code (z s e - 1) / 2} with respect to {@code ln s^2}.
   */
  private void backwardOfDraws(LatentBatch batch) {
    double[] out = batch.output();
    double[] outGradient = batch.outputGradient();
    double[] inGradient = batch.inputGradient();
    double[] kept = batch.kept();
    for (int i = 0; i < batch.n(); i++) {
      double scale = batch.gradientScale() * batch.shares()[i];
      int means = 2 * i * size;
      int codes = i * size;
      for (int j = 0; j < size; j++) {
        double along = outGradient[codes + j] + scale * out[codes + j];
        inGradient[means + j] = along;
        inGradient[means + size + j] = (along * kept[means + j] - scale) / 2;
      }
    }
  }

  /** {@code dKL/dmu = mu}, {@code dKL/d ln s^2 = (s^2 - 1) / 2}, {@code dz/d ln s^2 = s e / 2}. */
  @Override
  public void backward(LatentBatch batch) {
    if (stage.draws() > 1) {
      backwardOfDraws(batch);
      return;
    }
    double[] in = batch.input();
    double[] outGradient = batch.outputGradient();
    double[] inGradient = batch.inputGradient();
    double[] kept = batch.kept();
    double weight = weight(batch) * batch.gradientScale();
    double capacity = capacity(batch);
    for (int i = 0; i < batch.n(); i++) {
      int means = 2 * i * size;
      int codes = i * size;
      double scale = capacity > 0 && divergence(batch, i) < capacity ? -weight : weight;
      for (int j = 0; j < size; j++) {
        double mean = in[means + j];
        double logVariance = in[means + size + j];
        double deviation = kept[means + size + j];
        double along = outGradient[codes + j];
        boolean free = stage.freeNats() > 0 && divergence(mean, logVariance) < stage.freeNats();
        double pull = free ? 0 : scale;
        inGradient[means + j] = along + pull * mean;
        inGradient[means + size + j] =
            (along * deviation * kept[means + j] + pull * (deviation * deviation - 1)) / 2;
      }
    }
  }
}
