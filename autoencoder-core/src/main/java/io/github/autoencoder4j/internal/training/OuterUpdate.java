package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.training.OuterStep;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.TrainingState;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Makes one state of those of all workers, which come one after the other, in their order. */
final class OuterUpdate {

  /** So many numbers at a time are copied to where adding them is fast. */
  private static final int CHUNK = 16_384;

  private final Network table;
  private final OuterStep step;
  private final TrainingState start;
  private final int[] owned;
  private final double all;
  private final double[] weights;
  private final double[] memory;
  private final ObjectiveMean objectives = new ObjectiveMean();
  private int samples;
  private int workers;

  /**
   * Begins.
   *
   * @param start where all began
   * @param owned how many samples each worker has, by which its state counts
   */
  OuterUpdate(Network table, OuterStep step, TrainingState start, int[] owned) {
    this.table = table;
    this.step = step;
    this.start = start;
    this.owned = owned;
    this.all = Arrays.stream(owned).asLongStream().sum();
    this.weights = new double[start.weights().remaining()];
    this.memory = new double[start.memory().remaining()];
  }

  void add(Rounds.Share share) {
    requireRoomFor(share);
    double part = owned[workers] / all;
    sum(share.state().weights(), part, weights);
    sum(share.state().memory(), part, memory);
    objectives.add(share.objective(), share.samples());
    samples += share.samples();
    workers++;
  }

  private void requireRoomFor(Rounds.Share share) {
    if (workers == owned.length) {
      throw new IllegalStateException(
          "there are %s workers, but a round gave more shares".formatted(owned.length));
    }
    if (share.state().weights().remaining() != weights.length
        || share.state().memory().remaining() != memory.length) {
      throw new IllegalStateException(
          "worker %s has %s weights and %s values of the optimiser, but there should be %s and %s; let it open the model of begin(...)"
              .formatted(
                  workers,
                  share.state().weights().remaining(),
                  share.state().memory().remaining(),
                  weights.length,
                  memory.length));
    }
  }

  /** Each number by itself, so that it does not matter which core adds it. */
  private static void sum(FloatBuffer values, double part, double[] sums) {
    inChunks(
        sums.length,
        (first, some) -> {
          values.get(values.position() + first, some);
          for (int i = 0; i < some.length; i++) {
            sums[first + i] += part * some[i];
          }
        });
  }

  /** Side by side: most workers are waiting for it, and the driver has nothing else to do. */
  private static void inChunks(int length, BiConsumer<Integer, float[]> action) {
    IntStream.range(0, (length + CHUNK - 1) / CHUNK)
        .parallel()
        .map(chunk -> chunk * CHUNK)
        .forEach(first -> action.accept(first, new float[Math.min(CHUNK, length - first)]));
  }

  /** Refuses a round that not all workers have taken part in. */
  void requireAll() {
    if (workers < owned.length) {
      throw new IllegalStateException(
          "there are %s workers, but a round gave %s shares".formatted(owned.length, workers));
    }
  }

  /** The mean over the batches of all workers. */
  Objective objective() {
    return objectives.over(samples);
  }

  int samples() {
    return samples;
  }

  /**
   * Takes the outer step.
   *
   * @param momentum as the last one left it; empty at first
   * @return what the next one has to be given
   */
  float[] apply(float[] momentum, Engine engine, int steps) {
    float[] next = momentum;
    if (!step.isMean()) {
      next = momentum.length == 0 ? new float[weights.length] : momentum.clone();
      for (Network.Entry entry : table.parameters()) {
        // What no gradient moves is averaged.
        if (entry.spec().kind() != Kind.STATE) {
          move(entry, next);
        }
      }
    }
    put(weights, engine.store().parameterMemory());
    put(memory, engine.store().optimizerMemory());
    engine.store().setProgress(start.step() + steps, engine.store().epoch());
    return next;
  }

  private void move(Network.Entry entry, float[] momentum) {
    FloatBuffer before = start.weights();
    for (int i = entry.offset(); i < entry.end(); i++) {
      double from = before.get(i);
      double way = from - weights[i];
      momentum[i] = (float) (step.momentum() * momentum[i] + way);
      weights[i] = from - step.rate() * (way + step.momentum() * momentum[i]);
    }
  }

  private static void put(double[] values, FloatBuffer to) {
    inChunks(
        values.length,
        (first, some) -> {
          for (int i = 0; i < some.length; i++) {
            some[i] = (float) values[first + i];
          }
          to.put(to.position() + first, some);
        });
  }
}
