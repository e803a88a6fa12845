package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.engine.ParameterStore;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingState;
import java.nio.FloatBuffer;

/** What a worker does: some steps from a state that it is given, on samples of its own. */
@SuppressWarnings("try") // The scope outside of workspaces is held open, never read.
public final class Replication {

  private Replication() {}

  /**
   * Copies where a network is.
   *
   * @param engine the network
   * @return its state
   */
  public static TrainingState state(Engine engine) {
    ParameterStore store = engine.store();
    return TrainingState.of(
        store.parameterMemory(), store.optimizerMemory(), store.iteration(), store.epoch());
  }

  /**
   * Puts a network where another one was.
   *
   * @param engine the network
   * @param state of an equal one
   * @throws IllegalArgumentException if that had other weights, or another optimiser
   */
  public static void restore(Engine engine, TrainingState state) {
    FloatBuffer memory = engine.store().optimizerMemory();
    int weights = state.weights().remaining();
    int expected = engine.table().size();
    if (weights != expected || memory.remaining() != state.memory().remaining()) {
      throw new IllegalArgumentException(
          "the state has %s weights and %s values of the optimiser, but this network has %s and %s; give it one of the same autoencoder"
              .formatted(weights, state.memory().remaining(), expected, memory.remaining()));
    }
    engine.store().parameterMemory().put(state.weights());
    memory.put(state.memory());
    engine.store().setProgress(state.step(), state.epoch());
  }

  /**
   * Makes the steps of a round. The samples are gone through in an order that depends on the seed
   * of the network and the number of the step alone.
   *
   * @param engine a network, whose seed is its own among the workers
   * @param data clean samples
   * @param settings of the run
   * @param start where to begin
   * @param order how many steps
   * @return what came of it
   */
  public static Rounds.Share run(
      Engine engine, ImageSource data, Training settings, TrainingState start, Rounds.Order order) {
    restore(engine, start);
    if (settings.hasCosineDecay() || settings.warmupSteps() > 0) {
      Watch.optimizer(engine)
          .schedule()
          .map(rate -> RunSchedule.of(rate, order.firstStep(), order.runSteps(), settings))
          .ifPresent(engine.store()::setLearningRate);
    }
    int batchSize = Math.min(settings.batchSize(), data.size());
    int batches = Extent.ofBatches(data.size(), batchSize).parts();
    ObjectiveMean mean = new ObjectiveMean();
    int samples = 0;
    try (Engine.Scope outside = Engine.outsideWorkspaces()) {
      for (int done = 0; done < order.steps(); ) {
        int position = start.step() + done;
        int first = position % batches;
        int count = Math.min(order.steps() - done, batches - first);
        try (BatchLoader loader =
            new BatchLoader(data, engine.spec(), batchSize, position / batches, first)) {
          for (int i = 0; i < count; i++) {
            BatchLoader.Batch batch = loader.next();
            Objective objective =
                engine.step(
                    batch.input(), batch.target(), batch.size(), settings.maxGradientNorm());
            mean.add(objective, batch.size());
            samples += batch.size();
            loader.recycle(batch);
            if (!Double.isFinite(objective.total())) {
              return new Rounds.Share(state(engine), objective, samples);
            }
          }
        }
        done += count;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AutoencoderException("the worker was interrupted within a round", e);
    }
    return new Rounds.Share(state(engine), mean.over(samples), samples);
  }
}
