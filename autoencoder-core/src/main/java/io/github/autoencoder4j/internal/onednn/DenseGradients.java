package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of the weights and biases of dense layers, once the pieces of a batch have been
 * through the backward pass: {@code dW = sum over pieces of delta^T x}.
 *
 * <p>Here the work is cut by outputs and not by samples: a dense layer has as many weights as it
 * does multiplications for a sample, so a gradient for each piece would cost more than its product.
 * Each part may be computed by any thread, at the same time as others, in any order.
 */
public final class DenseGradients implements AutoCloseable {

  /** About how many weights make a part: its gradient stays in the second cache of a core. */
  private static final int WEIGHTS = 1 << 16;

  /**
   * What one layer leaves behind in one piece.
   *
   * @param in what it was fed, {@code [n, in]}
   * @param delta the gradient of what it computed, {@code [n, out]}
   * @param weights its weights, {@code [out, in]}; all pieces share a gradient of them
   * @param bias its bias, likewise
   */
  record Left(Tensor in, Tensor delta, Learned weights, Learned bias) {}

  /** A run of parameters. */
  private record Run(int from, int to) {}

  /**
   * The gradients of some outputs of one layer.
   *
   * @param graph what the steps work on
   * @param steps what computes them
   * @param weights whose gradients they are
   * @param biases whose gradients they are too
   */
  private record Part(Graph graph, List<Step> steps, Run weights, Run biases)
      implements AutoCloseable {

    @Override
    public void close() {
      graph.close();
    }
  }

  private final List<Part> parts = new ArrayList<>();

  /**
   * Compiles.
   *
   * @param pieces the programs of one batch, all of the same network
   */
  public DenseGradients(List<TrainingProgram> pieces) {
    int layers = pieces.get(0).left().size();
    for (int layer = 0; layer < layers; layer++) {
      int at = layer;
      // The first layer of the network left last.
      Contraction contraction = layer == layers - 1 ? pieces.get(0).contraction(pieces) : null;
      compile(pieces.stream().map(piece -> piece.left().get(at)).toList(), contraction);
    }
  }

  private void compile(List<Left> pieces, @Nullable Contraction contraction) {
    long out = pieces.get(0).delta().sides()[1];
    long in = pieces.get(0).in().sides()[1];
    long rows = Math.max(1, WEIGHTS / in);
    long blocks = (out + rows - 1) / rows;
    for (long i = 0; i < blocks; i++) {
      parts.add(part(pieces, contraction, out * i / blocks, out * (i + 1) / blocks));
    }
  }

  private static Part part(
      List<Left> pieces, @Nullable Contraction contraction, long from, long to) {
    Graph graph = new Graph();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      steps.add(product(graph, pieces.get(i), from, to - from, i > 0));
    }
    if (contraction != null) {
      steps.add(iteration -> contraction.addGradient((int) from, (int) to));
    }
    steps.add(bias(pieces, (int) from, (int) (to - from)));
    graph.seal(List.of(), steps);
    graph.workAlone();
    Left first = pieces.get(0);
    int in = (int) first.in().sides()[1];
    return new Part(
        graph, steps, run(first.weights(), from * in, to * in), run(first.bias(), from, to));
  }

  private static Run run(Learned array, long from, long to) {
    return new Run((int) (array.start() + from), (int) (array.start() + to));
  }

  private static Step product(Graph graph, Left left, long from, long rows, boolean add) {
    long n = left.delta().sides()[0];
    long out = left.delta().sides()[1];
    long in = left.in().sides()[1];
    long[] across = {rows, n};
    Tensor delta =
        graph.view(pointer(left.delta(), from), graph.strided(across, new long[] {1, out}), across);
    Tensor gradient =
        graph.view(pointer(left.weights().gradient(), from * in), graph.plain(rows, in), rows, in);
    dnnl_matmul_desc_t operation = new dnnl_matmul_desc_t();
    Linear.check(
        dnnl.dnnl_matmul_desc_init(
            operation,
            delta.layout().data(),
            left.in().layout().data(),
            null,
            gradient.layout().data()));
    return graph.run(
        add ? graph.descriptions().sum(operation) : graph.descriptions().of(operation),
        dnnl.DNNL_ARG_SRC,
        delta,
        dnnl.DNNL_ARG_WEIGHTS,
        left.in(),
        dnnl.DNNL_ARG_DST,
        gradient);
  }

  private static FloatPointer pointer(Tensor tensor, long at) {
    return tensor.pointer().getPointer(FloatPointer.class, at);
  }

  private static Step bias(List<Left> pieces, int from, int length) {
    List<FloatBuffer> deltas = pieces.stream().map(left -> left.delta().buffer()).toList();
    int width = (int) pieces.get(0).delta().sides()[1];
    FloatPointer target = pointer(pieces.get(0).bias().gradient(), from);
    FloatBuffer bias = target.capacity(length).asBuffer();
    float[] sum = new float[length];
    float[] row = new float[length];
    return iteration -> {
      Arrays.fill(sum, 0);
      for (FloatBuffer delta : deltas) {
        for (int at = from; at < delta.capacity(); at += width) {
          delta.get(at, row);
          for (int i = 0; i < row.length; i++) {
            sum[i] += row[i];
          }
        }
      }
      bias.put(0, sum);
    };
  }

  /**
   * How many parts there are.
   *
   * @return 0 if no layer is dense
   */
  public int size() {
    return parts.size();
  }

  /**
   * Computes a part and hands it on.
   *
   * @param index which one, from 0
   * @param user what is done with it
   */
  public void run(int index, GradientUser user) {
    Part part = parts.get(index);
    part.steps().forEach(step -> step.run(0));
    part.graph().await();
    user.use(part.weights().from(), part.weights().to());
    user.use(part.biases().from(), part.biases().to());
  }

  /** Frees the memory. Closing twice is harmless. */
  @Override
  public void close() {
    parts.forEach(Part::close);
  }
}
