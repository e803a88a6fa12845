package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.training.Training;

/** The optimiser's own learning rate, shaped by the warm-up and the decay of one run. */
record RunSchedule(Schedule rate, int firstStep, long steps, int warmupSteps, boolean cosineDecay)
    implements Schedule.Function {

  static Schedule of(Schedule rate, int firstStep, long steps, Training settings) {
    return settings.hasCosineDecay() || settings.warmupSteps() > 0
        ? new Schedule.Custom(
            "of one run",
            new RunSchedule(
                rate, firstStep, steps, settings.warmupSteps(), settings.hasCosineDecay()))
        : rate;
  }

  @Override
  public double at(int iteration, int epoch) {
    int step = iteration - firstStep;
    double factor = step < warmupSteps ? (step + 1.0) / warmupSteps : 1;
    if (cosineDecay) {
      factor *= (1 + Math.cos(Math.PI * step / steps)) / 2;
    }
    return factor * rate.at(iteration, epoch);
  }
}
