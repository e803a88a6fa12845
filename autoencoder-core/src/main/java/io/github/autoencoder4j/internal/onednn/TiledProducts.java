package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private final Graph graph;
  private final Parallel workers;
  private final List<Step> steps;
  private final PointMatrices pointMatrices;
  private final List<TileMemory> memories;

  TiledProducts(Pass pass, Parallel workers) {
    this.workers = workers;
    graph = pass.graph();
    steps = pass.steps();
    pointMatrices = pass.pointMatrices();
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
        multiply(
            tiles, matrices(weights, !transposed), !transposed, source, bias.value(), outSides);
    return new Reversible(
        out,
        (gradient, wanted) -> {
          Tensor delta = graph.in(graph.pixels(outSides), gradient, steps);
          learn(tiles, weights, source, delta, bias.gradient());
          if (!wanted) {
            return delta;
          }
          return multiply(tiles, matrices(weights, transposed), transposed, delta, null, inSides);
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
        Step.of(
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
        Step.of(
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
    learn(weights, gradients);
  }

  /** The weights of one convolution. In memory, transposed or not, they lie alike. */
  private record Weights(Filter filter, Learned weight, boolean transposed) {

    long large() {
      return weight.value().sides()[transposed ? 0 : 1];
    }

    long small() {
      return weight.value().sides()[transposed ? 1 : 0];
    }
  }

  /**
   * A matrix for each point.
   *
   * @param forth whether from large pictures to small ones
   */
  private Tensor matrices(Weights weights, boolean forth) {
    Tensor matrices =
        pointMatrices.matrices(weights.filter, weights.weight, weights.large(), weights.small());
    if (forth) {
      return matrices;
    }
    long[] sides = matrices.sides();
    long[] turned = {sides[0], sides[2], sides[1]};
    long[] strides = {sides[1] * sides[2], 1, sides[2]};
    return graph.view(matrices, graph.strided(turned, strides), turned);
  }

  /** Takes the gradients of matrices back to the weights. */
  private void learn(Weights weights, Tensor gradients) {
    Tensor wanted =
        PointWeights.byTaps(
            graph, weights.filter, weights.weight.gradient(), weights.large(), weights.small());
    Tensor byTaps = graph.tensor(graph.plain(wanted.sides()), wanted.sides());
    steps.add(PointWeights.transform(weights.filter, gradients, byTaps, false, memories.get(0)));
    steps.add(graph.copy(byTaps, wanted));
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
}
