package io.github.autoencoder4j.examples.rounds;

import io.github.autoencoder4j.Replica;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.training.OuterStep;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Workers of a cluster, one after the other in this process, which come out bit for bit alike. */
final class SimulatedWorkers implements Rounds, AutoCloseable {

  private final ImageSource[] parts;
  private final int steps;
  private final OuterStep outer;
  private final List<Replica> replicas = new ArrayList<>();
  private Training settings = Training.epochs(1);

  /**
   * Deals samples out.
   *
   * @param data sample {@code i} goes to worker {@code i} modulo {@code workers}
   * @param steps of a round
   */
  SimulatedWorkers(ImageSource data, int workers, int steps, OuterStep outer) {
    this.parts = new ImageSource[workers];
    for (int w = 0; w < workers; w++) {
      int first = w;
      parts[w] =
          data.select(IntStream.range(0, data.size()).filter(i -> i % workers == first).toArray());
    }
    this.steps = steps;
    this.outer = outer;
  }

  @Override
  public int[] samples() {
    return Arrays.stream(parts).mapToInt(ImageSource::size).toArray();
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public OuterStep outerStep() {
    return outer;
  }

  @Override
  public ImageSource spread() {
    return parts[0].slice(0, Math.min(1_000, parts[0].size()));
  }

  @Override
  public Map<String, String> circumstances() {
    return Map.of();
  }

  @Override
  public void begin(byte[] model, Training training) {
    close();
    for (int w = 0; w < parts.length; w++) {
      replicas.add(Replica.open(model, w));
    }
    settings = training;
  }

  @Override
  public void run(TrainingState start, Order order, Consumer<Share> shares) {
    for (int w = 0; w < parts.length; w++) {
      shares.accept(replicas.get(w).train(parts[w], settings, start, order));
    }
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    replicas.clear();
  }
}
