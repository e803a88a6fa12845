package io.github.autoencoder4j.latent;

/** Squashes codes into (0, 1) and compares the means of units with the wished one. */
record TargetRateKernel(TargetRate stage, Units units) implements LatentKernel {

  private static final double LEAST = 1e-8;

  @Override
  public boolean couplesSamples() {
    return true;
  }

  @Override
  public void forward(LatentBatch batch) {
    for (int i = 0; i < batch.input().length; i++) {
      batch.output()[i] = 1 / (1 + Math.exp(-batch.input()[i]));
    }
    if (batch.mode().hasTerms()) {
      double rate = stage.rate();
      double nats = 0;
      for (int unit = 0; unit < units.count(); unit++) {
        double mean = mean(batch, unit);
        nats += rate * Math.log(rate / mean) + (1 - rate) * Math.log((1 - rate) / (1 - mean));
      }
      batch.addTerm(0, batch.n() * stage.weight() * nats);
    }
  }

  private double mean(LatentBatch batch, int unit) {
    double sum = 0;
    for (int i = 0; i < batch.n(); i++) {
      int start = units.start(i, unit);
      for (int at = start; at < start + units.places(); at++) {
        sum += batch.output()[at];
      }
    }
    double mean = sum / ((double) batch.n() * units.places());
    return Math.max(LEAST, Math.min(1 - LEAST, mean));
  }

  /** {@code dKL/dm = (1 - r) / (1 - m) - r / m} and {@code da/dz = a (1 - a)}. */
  @Override
  public void backward(LatentBatch batch) {
    double rate = stage.rate();
    for (int unit = 0; unit < units.count(); unit++) {
      double mean = mean(batch, unit);
      double pull =
          stage.weight()
              * batch.gradientScale()
              / units.places()
              * ((1 - rate) / (1 - mean) - rate / mean);
      for (int i = 0; i < batch.n(); i++) {
        int start = units.start(i, unit);
        for (int at = start; at < start + units.places(); at++) {
          double value = batch.output()[at];
          batch.inputGradient()[at] = (batch.outputGradient()[at] + pull) * value * (1 - value);
        }
      }
    }
  }
}
