package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.training.Training;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/** The optimiser's own learning rate, shaped by the warm-up and the decay of one run. */
final class RunSchedule implements ISchedule {

  private static final long serialVersionUID = 1L;

  private final IUpdater optimizer;
  private final int firstStep;
  private final long steps;
  private final int warmupSteps;
  private final boolean cosineDecay;

  RunSchedule(IUpdater optimizer, int firstStep, long steps, Training settings) {
    this.optimizer = optimizer;
    this.firstStep = firstStep;
    this.steps = steps;
    this.warmupSteps = settings.warmupSteps();
    this.cosineDecay = settings.hasCosineDecay();
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    int step = iteration - firstStep;
    double factor = step < warmupSteps ? (step + 1.0) / warmupSteps : 1;
    if (cosineDecay) {
      factor *= (1 + Math.cos(Math.PI * step / steps)) / 2;
    }
    return factor * optimizer.getLearningRate(iteration, epoch);
  }

  @Override
  public ISchedule clone() {
    // Immutable, so one instance serves all.
    return this;
  }
}
