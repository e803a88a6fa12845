package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingState;
import java.util.Arrays;

/** Steps that workers make, from which one state is made at the end of every round. */
final class RoundCourse implements Course {

  private final Engine engine;
  private final Rounds rounds;
  private final Training settings;
  private final int[] samples;
  private final Extent extent;

  RoundCourse(Engine engine, Rounds rounds, Training settings) {
    this.engine = engine;
    this.rounds = rounds;
    this.settings = settings;
    this.samples = rounds.samples().clone();
    this.extent =
        Extent.ofRounds(
            Math.toIntExact(Arrays.stream(samples).asLongStream().sum()),
            settings.batchSize(),
            samples.length,
            rounds.steps());
  }

  @Override
  public Extent extent() {
    return extent;
  }

  @Override
  public boolean finishEpoch(Watch watch) throws InterruptedException {
    RunState run = watch.run();
    long runSteps = (long) settings.epochs() * extent.steps();
    while (run.batch < extent.parts()) {
      if (settings.cancelled() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      long began = System.nanoTime();
      int steps = Math.min(rounds.steps(), extent.steps() - run.batch * rounds.steps());
      TrainingState start = Replication.state(engine);
      OuterUpdate update = new OuterUpdate(engine.table(), rounds.outerStep(), start, samples);
      rounds.run(start, new Rounds.Order(run.firstStep, runSteps, steps), update::add);
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      update.requireAll();
      // A worker that diverged has no state to go on with.
      watch.requireGood(run.epoch, update.objective().total());
      run.outerMemory = update.apply(run.outerMemory, engine, steps);
      run.roundSamples += update.samples();
      watch.endPart(update.objective(), update.samples(), steps, System.nanoTime() - began);
    }
    return true;
  }
}
