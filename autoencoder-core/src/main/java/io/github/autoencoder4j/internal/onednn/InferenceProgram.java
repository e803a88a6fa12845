package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A chain of layers compiled for batches of up to some size. It may be used by one thread at a
 * time, and sees the parameters as they are when it runs.
 */
public final class InferenceProgram implements AutoCloseable {

  private final Graph graph = new Graph();
  private final List<Step> steps;
  private final FloatBuffer input;
  private final FloatBuffer output;
  private final int capacity;
  private final int inputSize;
  private final int outputSize;

  /**
   * Compiles.
   *
   * @param layers at least one, in order
   * @param first the position of the first among all layers of the network
   * @param parameters what the network has learnt
   * @param sigmoid whether the sigmoid follows
   * @param images whether batches are {@code [n, channels, height, width]} instead of {@code [n,
   *     values]}
   * @param capacity how many samples fit
   */
  public InferenceProgram(
      List<LayerPlan> layers,
      int first,
      Parameters parameters,
      boolean sigmoid,
      boolean images,
      int capacity) {
    this.capacity = capacity;
    ImageShape from = layers.get(0).input();
    ImageShape to = layers.get(layers.size() - 1).output();
    inputSize = from.size();
    outputSize = to.size();
    Compiler compiler = new Compiler(graph, capacity, false, parameters);
    Tensor source = compiler.plain(from, images);
    Tensor current = source;
    for (int i = 0; i < layers.size(); i++) {
      current = compiler.layer(layers.get(i), first + i, InferenceProgram::none, current);
    }
    Tensor result = compiler.toPlain(current);
    if (sigmoid) {
      compiler.add(compiler.activate(Eltwise.LOGISTIC, result, result));
    }
    graph.seal();
    steps = compiler.steps();
    input = source.buffer();
    output = result.buffer();
  }

  private static float[] none(Object plan, int length, int iteration) {
    throw new IllegalStateException("dropout belongs to training");
  }

  /**
   * Runs the layers.
   *
   * @param values samples side by side, from {@code from} on
   * @param from the position of the first value
   * @param n how many samples; at most the capacity
   * @param result receives {@code n} outputs side by side
   * @param to the position of its first value
   */
  public void run(float[] values, int from, int n, float[] result, int to) {
    input.put(0, values, from, n * inputSize);
    steps.forEach(step -> step.run(0));
    graph.await();
    output.get(0, result, to, n * outputSize);
  }

  /**
   * How many samples fit.
   *
   * @return at least 1
   */
  public int capacity() {
    return capacity;
  }

  /** Frees the memory. Closing twice is harmless. */
  @Override
  public void close() {
    graph.close();
  }
}
