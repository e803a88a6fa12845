package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.latent.LatentBatch.Mode;

/** Keeps the largest positive numbers of each unit over a batch. */
record LifetimeKernel(double share, Units units) implements LatentKernel {

  /** 1 for what is kept. */
  @Override
  public int kept() {
    return units.size();
  }

  @Override
  public boolean couplesSamples() {
    return true;
  }

  @Override
  public void forward(LatentBatch batch) {
    double[] in = batch.input();
    double[] out = batch.output();
    for (int i = 0; i < in.length; i++) {
      out[i] = Math.max(0, in[i]);
      batch.kept()[i] = in[i] > 0 ? 1 : 0;
    }
    if (batch.mode() != Mode.TRAINING) {
      return;
    }
    int places = units.places();
    double[] values = new double[batch.n() * places];
    int winners = (int) Math.max(1, Math.round(share * values.length));
    for (int unit = 0; unit < units.count(); unit++) {
      for (int i = 0; i < batch.n(); i++) {
        System.arraycopy(out, units.start(i, unit), values, i * places, places);
      }
      boolean[] largest = Largest.of(values, winners);
      for (int i = 0; i < values.length; i++) {
        if (!largest[i]) {
          int at = units.start(i / places, unit) + i % places;
          out[at] = 0;
          batch.kept()[at] = 0;
        }
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
