package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The weights of convolutions as tiles are multiplied by them, a matrix for each point of a tile.
 * They follow from what has been learnt alone, so the programs for the pieces of a batch have them
 * in common, and they are computed once a step and not once a piece.
 *
 * <p>While programs are compiled it belongs to one thread; then its groups may be computed side by
 * side, and looked at when all are done.
 */
public final class PointWeights implements PointMatrices, AutoCloseable {

  /** So many weights are transformed at a time. */
  private static final int CHUNK = 768;

  private final int most;
  private final List<Group> groups = new ArrayList<>();

  /** Of the weights that begin at each position. */
  private final Map<Integer, Tensor> made = new HashMap<>();

  /** What one thread computes at a time. */
  private static final class Group {

    final Preparation preparation = new Preparation();
    final TileMemory memory = new TileMemory();
    long weights;
  }

  /**
   * Starts without any.
   *
   * @param most into how many groups to cut the work
   */
  public PointWeights(int most) {
    this.most = most;
  }

  /**
   * How many groups there are, once programs are compiled.
   *
   * @return at most as many as were asked for
   */
  public int groups() {
    return groups.size();
  }

  /**
   * Computes the matrices of one group anew, as weights have changed.
   *
   * @param group from 0
   */
  public void compute(int group) {
    groups.get(group).preparation.run();
  }

  @Override
  public Tensor matrices(Filter filter, Learned weight, long large, long small) {
    return made.computeIfAbsent(
        weight.start(),
        start -> {
          Group group = group();
          group.weights += large * small;
          return add(group.preparation, filter, weight.value(), large, small, group.memory);
        });
  }

  /** Adds the steps to the matrices of one convolution. */
  static Tensor add(
      Preparation preparation,
      Filter filter,
      Tensor weight,
      long large,
      long small,
      TileMemory memory) {
    Graph graph = preparation.graph();
    Tensor value = byTaps(graph, filter, weight, large, small);
    Tensor byTaps = graph.in(graph.plain(value.sides()), value, preparation.steps());
    long phases = (long) filter.stride() * filter.stride();
    long[] all = {filter.points(), phases * large, small};
    Tensor matrices = graph.keep(graph.tensor(graph.plain(all), all));
    preparation.steps().add(transform(filter, byTaps, matrices, true, memory));
    return matrices;
  }

  /** Weights, or their gradients, as {@code [taps, large, small]}, wherever they lie. */
  static Tensor byTaps(Graph graph, Filter filter, Tensor array, long large, long small) {
    long[] sides = {filter.area(), large, small};
    long[] strides = {1, filter.area(), large * filter.area()};
    return graph.view(array, graph.strided(sides, strides), sides);
  }

  /** The one with the least to do. */
  private Group group() {
    if (groups.size() < most) {
      groups.add(new Group());
      return groups.get(groups.size() - 1);
    }
    return groups.stream().min(Comparator.comparingLong(group -> group.weights)).orElseThrow();
  }

  /**
   * From taps to points, or the gradients back, each phase of a stride apart.
   *
   * @param from {@code [taps, large, small]}, or matrices
   * @param to the other
   * @param forth whether to points
   */
  static Step transform(Filter filter, Tensor from, Tensor to, boolean forth, TileMemory memory) {
    long[] sides = (forth ? from : to).sides();
    int size = (int) (sides[1] * sides[2]);
    int stride = filter.stride();
    int length = stride * stride * size;
    int taps = filter.taps() * filter.taps();
    int points = filter.points();
    IntConsumer run =
        iteration -> {
          FloatBuffer source = from.buffer();
          FloatBuffer target = to.buffer();
          for (int phase = 0; phase < stride * stride; phase++) {
            for (int at = 0; at < size; at += CHUNK) {
              int n = Math.min(CHUNK, size - at);
              float[][] in = memory.in(n);
              for (int i = 0; i < (forth ? taps : points); i++) {
                int start = forth ? tap(filter, phase, i) * size : i * length + phase * size;
                source.get(start + at, in[i], 0, n);
              }
              float[][] out = memory.apply(forth ? filter.weights() : filter.weightGradient(), n);
              for (int i = 0; i < (forth ? points : taps); i++) {
                int start = forth ? i * length + phase * size : tap(filter, phase, i) * size;
                target.put(start + at, out[i], 0, n);
              }
            }
          }
        };
    return Step.of(List.of(from, to), run);
  }

  /** The tap of the kernel that is one of those of a phase. */
  private static int tap(Filter filter, int phase, int number) {
    int stride = filter.stride();
    int y = number / filter.taps() * stride + phase / stride;
    int x = number % filter.taps() * stride + phase % stride;
    return y * filter.kernel() + x;
  }

  @Override
  public void close() {
    groups.forEach(group -> group.preparation.close());
  }
}
