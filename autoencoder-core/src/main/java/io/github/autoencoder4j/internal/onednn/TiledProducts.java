package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/**
 * Adds convolutions by {@link Winograd}'s minimal filtering, and their gradients: tiles and weights
 * are transformed, multiplied as one product of matrices for each point, which is one operation of
 * oneDNN's, and put together again. A transposed convolution is the gradient of one, and its
 * gradient one.
 */
final class TiledProducts {

  /** About so many tiles at a time: enough for fast products, whose operands stay in the cache. */
  private static final int TILES = 64;

  /**
   * On AVX2, oneDNN takes so many rows of a product at a time. One, two or three that are left over
   * it adds up in another order, and a result would depend on what it was computed together with.
   */
  private static final int ROWS = 6;

  private static final int LEAST_REST = 4;

  /** So many weights are transformed at a time. */
  private static final int CHUNK = 768;

  private final Graph graph;
  private final Parallel workers;
  private final List<Step> steps;
  private final List<Step> preparations;
  private final List<TileMemory> memories;

  TiledProducts(Pass pass, Parallel workers) {
    this.workers = workers;
    graph = pass.graph();
    steps = pass.steps();
    preparations = pass.preparations();
    memories = IntStream.range(0, workers.count()).mapToObj(i -> new TileMemory()).toList();
  }

  /**
   * Adds one, without an activation.
   *
   * @param transposed whether the outputs are the large pictures; never if no sides are changed
   * @param weight {@code [out, in, height, width]}
   * @param outSides the sides of the outputs
   */
  Reversible add(
      Filter filter,
      boolean transposed,
      Learned weight,
      Learned bias,
      Tensor in,
      long... outSides) {
    long[] inSides = in.sides();
    WinogradTiles tiles =
        transposed
            ? new WinogradTiles(filter, outSides, inSides)
            : new WinogradTiles(filter, inSides, outSides);
    Weights weights = new Weights(filter, weight, transposed);
    Tensor source = graph.in(graph.pixels(inSides), in, steps);
    Tensor out =
        multiply(tiles, weights.matrices(!transposed), !transposed, source, bias.value(), outSides);
    return new Reversible(
        out,
        (gradient, wanted) -> {
          Tensor delta = graph.in(graph.pixels(outSides), gradient, steps);
          learn(tiles, weights, source, delta, bias.gradient());
          if (!wanted) {
            return delta;
          }
          return filter.changesSides()
              ? multiply(tiles, weights.matrices(transposed), transposed, delta, null, inSides)
              : multiply(tiles.swapped(), weights.reversed(), true, delta, null, inSides);
        });
  }

  /**
   * Adds a convolution, or the gradient of its input.
   *
   * @param forth whether from large pictures to small ones
   */
  private Tensor multiply(
      WinogradTiles tiles,
      Tensor matrices,
      boolean forth,
      Tensor from,
      @Nullable Tensor bias,
      long... outSides) {
    int rows = rowsAtATime(tiles);
    // One more if it has to be looked at what the row before overlaps with.
    int room = withoutSmallRest((rows + (forth || workers.count() == 1 ? 0 : 1)) * tiles.across());
    Tensor out = graph.tensor(graph.pixels(outSides), outSides);
    float[] shifts = new float[(int) outSides[1]];
    List<Tensor> uses = new ArrayList<>(List.of(from, out));
    if (bias != null) {
      uses.add(bias);
    }
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < workers.count(); i++) {
      // By a worker, so that native code compiles it for one core. On several it would cut a
      // product anywhere, and leave over other rows.
      workers.run(1, unused -> products.add(new Product(room, matrices)));
      uses.addAll(products.get(i).step.uses());
    }
    int runs = (tiles.rows() + rows - 1) / rows;
    steps.add(
        step(
            uses,
            iteration -> {
              if (bias != null) {
                bias.buffer().get(0, shifts);
              }
              float[] added = bias == null ? null : shifts;
              FloatBuffer pixels = from.buffer();
              FloatBuffer made = out.buffer();
              workers.run(
                  products.size(),
                  i -> {
                    TileMemory memory = memories.get(i);
                    Product product = products.get(i);
                    WinogradTiles.Points left = values(product.left);
                    WinogradTiles.Points sums = values(product.sums);
                    int start = runs * i / products.size() * rows;
                    int end = runs * (i + 1) / products.size() * rows;
                    for (int row = start; row < end; row += rows) {
                      if (forth) {
                        tiles.cut(pixels, row, rows, left, memory);
                        product.step.run(iteration);
                        tiles.join(sums, row, rows, added, made, memory);
                      } else {
                        int ahead = row == start && !tiles.beginsPicture(row) ? 1 : 0;
                        int first = row - ahead;
                        int all = rows + ahead;
                        tiles.spread(pixels, first, all, left, null, memory);
                        product.step.run(iteration);
                        tiles.scatter(sums, first, all, ahead, added, made, memory);
                      }
                    }
                  });
            }));
    return out;
  }

  /** Some tiles and what they are multiplied to. */
  private final class Product {

    final Tensor left;
    final Tensor sums;
    final Step step;

    Product(long tiles, Tensor weights) {
      long[] sides = weights.sides();
      left = points(sides[0], tiles, sides[1]);
      sums = points(sides[0], tiles, sides[2]);
      step = product(left, weights, sums, false);
    }
  }

  /** Into runs of about the same length, at least one for each worker. */
  private int rowsAtATime(WinogradTiles tiles) {
    int runs = (int) Math.max(workers.count(), (long) tiles.rows() * tiles.across() / TILES);
    return (tiles.rows() + runs - 1) / runs;
  }

  private static int withoutSmallRest(int tiles) {
    int rest = tiles % ROWS;
    return rest == 0 ? tiles : tiles + Math.max(0, LEAST_REST - rest);
  }

  /** Adds the gradients of weights and bias. */
  private void learn(
      WinogradTiles tiles, Weights weights, Tensor source, Tensor delta, Tensor bias) {
    boolean transposed = weights.transposed;
    Tensor large = transposed ? delta : source;
    Tensor small = transposed ? source : delta;
    int rows = rowsAtATime(tiles);
    int room = rows * tiles.across();
    long points = weights.filter.points();
    long in = tiles.largeChannels();
    long out = small.sides()[1];
    Tensor seen = points(points, room, in);
    Tensor made = points(points, room, out);
    long[] turned = {points, in, room};
    Tensor columns = graph.view(seen, graph.strided(turned, new long[] {room * in, 1, in}), turned);
    Tensor gradients = points(points, in, out);
    Step first = product(columns, made, gradients, false);
    Step next = product(columns, made, gradients, true);
    float[] sums = new float[(int) delta.sides()[1]];
    List<Tensor> uses = new ArrayList<>(List.of(source, delta, bias));
    uses.addAll(first.uses());
    uses.addAll(next.uses());
    TileMemory memory = memories.get(0);
    steps.add(
        step(
            uses,
            iteration -> {
              FloatBuffer largePixels = large.buffer();
              FloatBuffer smallPixels = small.buffer();
              WinogradTiles.Points seenPoints = values(seen);
              WinogradTiles.Points madePoints = values(made);
              Arrays.fill(sums, 0);
              for (int row = 0; row < tiles.rows(); row += rows) {
                tiles.cut(largePixels, row, rows, seenPoints, memory);
                tiles.spread(smallPixels, row, rows, madePoints, transposed ? null : sums, memory);
                (row == 0 ? first : next).run(iteration);
              }
              if (transposed) {
                tiles.sum(largePixels, sums, memory);
              }
              bias.buffer().put(0, sums);
            }));
    weights.learn(gradients);
  }

  /** The weights of one convolution. In memory, transposed or not, they lie alike. */
  private final class Weights {

    final Filter filter;
    final boolean transposed;
    private final Learned weight;
    private final long small;
    private final long large;
    private final int taps;

    Weights(Filter filter, Learned weight, boolean transposed) {
      this.filter = filter;
      this.weight = weight;
      this.transposed = transposed;
      long[] sides = weight.value().sides();
      small = sides[transposed ? 1 : 0];
      large = sides[transposed ? 0 : 1];
      taps = filter.kernel() * filter.kernel();
    }

    /**
     * A matrix for each point, anew whenever weights have changed.
     *
     * @param forth whether from large pictures to small ones
     */
    Tensor matrices(boolean forth) {
      Tensor byTaps =
          graph.in(graph.plain(taps, large, small), byTaps(weight.value()), preparations);
      long stride = filter.stride();
      long rows = stride * stride * large;
      Tensor matrices = points(filter.points(), rows, small);
      preparations.add(transform(byTaps, matrices, true, false));
      long[] turned = {filter.points(), small, rows};
      long[] strides = {rows * small, 1, small};
      return forth ? matrices : graph.view(matrices, graph.strided(turned, strides), turned);
    }

    /** Those of the gradient of what changes no sides: the last tap comes first. */
    Tensor reversed() {
      long[] sides = {taps, small, large};
      long[] strides = {1, large * taps, taps};
      Tensor view = graph.view(weight.value(), graph.strided(sides, strides), sides);
      Tensor byTaps = graph.in(graph.plain(sides), view, preparations);
      Tensor matrices = points(filter.points(), small, large);
      preparations.add(transform(byTaps, matrices, true, true));
      return matrices;
    }

    /** Takes their gradients back. */
    void learn(Tensor gradients) {
      Tensor byTaps = graph.tensor(graph.plain(taps, large, small), taps, large, small);
      steps.add(transform(gradients, byTaps, false, false));
      steps.add(graph.copy(byTaps, byTaps(weight.gradient())));
    }

    private Tensor byTaps(Tensor array) {
      long[] sides = {taps, large, small};
      return graph.view(array, graph.strided(sides, new long[] {1, taps, large * taps}), sides);
    }

    /**
     * From taps to points, or the gradients back, each phase of a stride apart.
     *
     * @param reversed whether the last tap comes first
     */
    private Step transform(Tensor from, Tensor to, boolean forth, boolean reversed) {
      int size = (int) (large * small);
      int stride = filter.stride();
      int length = stride * stride * size;
      int side = filter.taps();
      int points = filter.points();
      TileMemory memory = memories.get(0);
      return step(
          List.of(from, to),
          iteration -> {
            FloatBuffer source = from.buffer();
            FloatBuffer target = to.buffer();
            for (int phase = 0; phase < stride * stride; phase++) {
              for (int at = 0; at < size; at += CHUNK) {
                int n = Math.min(CHUNK, size - at);
                float[][] in = memory.in(n);
                for (int i = 0; i < (forth ? side * side : points); i++) {
                  int number = reversed ? side * side - 1 - i : i;
                  int start = forth ? tap(phase, number) * size : i * length + phase * size;
                  source.get(start + at, in[i], 0, n);
                }
                float[][] out = memory.apply(forth ? filter.weights() : filter.weightGradient(), n);
                for (int i = 0; i < (forth ? points : side * side); i++) {
                  int start = forth ? i * length + phase * size : tap(phase, i) * size;
                  target.put(start + at, out[i], 0, n);
                }
              }
            }
          });
    }

    /** The tap of the kernel that is one of those of a phase. */
    private int tap(int phase, int number) {
      int stride = filter.stride();
      int y = number / filter.taps() * stride + phase / stride;
      int x = number % filter.taps() * stride + phase % stride;
      return y * filter.kernel() + x;
    }
  }

  /** A matrix for each point of a tile. */
  private Tensor points(long points, long rows, long columns) {
    return graph.tensor(graph.plain(points, rows, columns), points, rows, columns);
  }

  private static WinogradTiles.Points values(Tensor points) {
    long[] sides = points.sides();
    return new WinogradTiles.Points(points.buffer(), (int) sides[0], (int) sides[2]);
  }

  /** One product of matrices for each point of a tile. */
  private Step product(Tensor left, Tensor right, Tensor out, boolean adds) {
    dnnl_matmul_desc_t operation = new dnnl_matmul_desc_t();
    Linear.check(
        dnnl.dnnl_matmul_desc_init(
            operation, left.layout().data(), right.layout().data(), null, out.layout().data()));
    return graph.run(
        adds ? graph.descriptions().sum(operation) : graph.descriptions().of(operation),
        dnnl.DNNL_ARG_SRC,
        left,
        dnnl.DNNL_ARG_WEIGHTS,
        right,
        dnnl.DNNL_ARG_DST,
        out);
  }

  private static Step step(List<Tensor> uses, IntConsumer run) {
    return new Step() {
      @Override
      public void run(int iteration) {
        run.accept(iteration);
      }

      @Override
      public List<Tensor> uses() {
        return uses;
      }
    };
  }
}
