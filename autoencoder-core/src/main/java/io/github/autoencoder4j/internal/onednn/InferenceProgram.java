package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.compute.RowReader;
import io.github.autoencoder4j.internal.compute.RowWriter;
import io.github.autoencoder4j.internal.samples.SampleMemory;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A chain of layers compiled for batches of up to some size. It may be used by one thread at a
 * time.
 */
public final class InferenceProgram implements AutoCloseable {

  private final Graph graph;
  private final Workspaces workspaces;
  private final PackedWeights.Own packed;
  private final SideWork sideWork;
  private final List<Step> preparations;
  private final List<Step> steps;

  /**
   * Where samples are read to. Sources see it, so it is not the graph's, whose memory ends with it.
   */
  private final SampleMemory input;

  /** Where the layers find them. */
  private final Tensor source;

  private final FloatBuffer output;
  private final int capacity;
  private final int inputSize;
  private final int outputSize;

  /** For which version of the parameters the preparations were made. */
  private long prepared = -1;

  /**
   * Compiles.
   *
   * @param layers at least one, in order
   * @param first the position of the first among all layers of the network
   * @param parameters what the network has learnt
   * @param packedWeights the same as kernels want it, for all programs of the network
   * @param sigmoid whether the sigmoid follows
   * @param images whether batches are {@code [n, channels, height, width]} instead of {@code [n,
   *     values]}
   * @param capacity how many samples fit
   * @param workers who shares what one step does
   * @param kernels those of programs compiled with all the same
   * @param workspaces where it works, with others that do not run at the same time
   */
  public InferenceProgram(
      List<LayerPlan> layers,
      int first,
      Parameters parameters,
      PackedWeights packedWeights,
      boolean sigmoid,
      boolean images,
      int capacity,
      Parallel workers,
      Kernels kernels,
      Workspaces workspaces) {
    this.capacity = capacity;
    this.workspaces = workspaces;
    graph = new Graph(kernels);
    packed = packedWeights.new Own(graph);
    ImageShape from = layers.get(0).input();
    ImageShape to = layers.get(layers.size() - 1).output();
    inputSize = from.size();
    outputSize = to.size();
    input = SampleMemory.allocate(Math.multiplyExact(capacity, inputSize));
    sideWork = new SideWork(workers, List.of(graph, input, packed, parameters));
    try {
      Compiler compiler =
          new Compiler(graph, false, workers, sideWork, packed, packed, parameters, null);
      long[] sides = Compiler.sides(capacity, from, images);
      source =
          isShared()
              ? graph.view(new FloatPointer(input.values()), graph.plain(sides), sides)
              : graph.keep(compiler.plain(capacity, from, images));
      Tensor current = source;
      for (int i = 0; i < layers.size(); i++) {
        current = compiler.layer(layers.get(i), first + i, InferenceProgram::none, current);
      }
      Tensor result = graph.keep(compiler.toPlain(current));
      if (sigmoid) {
        compiler.add(compiler.activate(Eltwise.LOGISTIC, result, result));
      }
      preparations = compiler.preparations();
      steps = compiler.steps();
      graph.seal(preparations, steps);
      output = result.buffer();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Whether workers of its own share most of what is done for a single sample. They wait for one
   * another less often than the threads of native code do, which have to keep out of their way.
   *
   * @param layers in order
   * @return whether to compile and run it with native code on one thread
   */
  public static boolean canShareItself(List<LayerPlan> layers) {
    long all = layers.stream().mapToLong(LayerPlan::multiplications).sum();
    long tiled =
        layers.stream().filter(Winograd::computes).mapToLong(LayerPlan::multiplications).sum();
    return 2 * tiled > all;
  }

  /** Whether oneDNN can read samples where they lie. */
  private boolean isShared() {
    return input.values().isDirect();
  }

  private static float[] none(Object plan, int n, int iteration) {
    throw new IllegalStateException("dropout belongs to training");
  }

  /**
   * Runs the layers.
   *
   * @param inputs gives the samples
   * @param first the position of the first one
   * @param n how many; at most the capacity
   * @param outputs takes what comes out
   * @param version changes whenever parameters have changed; at least 0
   */
  public void run(RowReader inputs, int first, int n, RowWriter outputs, long version) {
    for (int i = 0; i < n; i++) {
      inputs.read(first + i, input, i * inputSize);
    }
    if (!isShared()) {
      source.buffer().put(0, input.values(), 0, n * inputSize);
    }
    try (Workspaces.Loan place = workspaces.lend(graph);
        PackedWeights.Reading weights = packed.read(version)) {
      if (version != prepared) {
        preparations.forEach(step -> step.run(0));
        prepared = version;
      }
      try {
        steps.forEach(step -> step.run(0));
      } finally {
        sideWork.leave();
      }
      graph.await();
    }
    for (int i = 0; i < n; i++) {
      outputs.write(first + i, output.position(i * outputSize));
    }
  }

  /**
   * How many samples fit.
   *
   * @return at least 1
   */
  public int capacity() {
    return capacity;
  }

  /**
   * How much memory it holds, its share of what programs have in common among it.
   *
   * @return bytes
   */
  public long bytes() {
    return graph.keptBytes() + packed.bytes() + (long) capacity * inputSize * Float.BYTES;
  }

  /** Frees the memory. Closing twice is harmless. */
  @Override
  public void close() {
    sideWork.await();
    graph.close();
    packed.close();
  }
}
