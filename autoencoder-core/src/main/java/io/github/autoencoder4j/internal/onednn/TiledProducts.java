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
 * are transformed, multiplied as 36 products of matrices, which is one operation of oneDNN's, and
 * put together again.
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

  private static final int TAPS = 9;

  private static final Combination WEIGHT_GRADIENT = Combination.WEIGHTS.transposed();

  private final Graph graph;
  private final Workers workers;
  private final List<Step> steps;
  private final List<Step> preparations;
  private final List<TileMemory> memories;

  TiledProducts(Pass pass, Workers workers) {
    this.workers = workers;
    graph = pass.graph();
    steps = pass.steps();
    preparations = pass.preparations();
    memories = IntStream.range(0, workers.count()).mapToObj(i -> new TileMemory()).toList();
  }

  /**
   * Adds one, without an activation.
   *
   * @param outSides the sides of the outputs
   */
  Reversible add(Learned weight, Learned bias, Tensor in, long... outSides) {
    Tensor source = graph.in(graph.pixels(in.sides()), in, steps);
    Tensor out = convolve(source, transformed(weight.value(), false), bias.value(), outSides);
    return new Reversible(
        out,
        (gradient, wanted) -> {
          Tensor delta = graph.in(graph.pixels(outSides), gradient, steps);
          learn(source, delta, weight, bias);
          return wanted
              ? convolve(delta, transformed(weight.value(), true), null, in.sides())
              : delta;
        });
  }

  private Tensor convolve(Tensor from, Tensor weights, @Nullable Tensor bias, long... outSides) {
    Tiles seen = new Tiles(from.sides());
    Tiles made = new Tiles(outSides);
    int rows = rowsAtATime(seen);
    int tiles = withoutSmallRest(rows * seen.across());
    Tensor out = graph.tensor(graph.pixels(outSides), outSides);
    float[] shifts = new float[(int) outSides[1]];
    List<Tensor> uses = new ArrayList<>(List.of(from, out));
    if (bias != null) {
      uses.add(bias);
    }
    List<Multiplied> shares = new ArrayList<>();
    for (int i = 0; i < workers.count(); i++) {
      Multiplied share = new Multiplied(tiles, from.sides()[1], weights);
      uses.addAll(share.step.uses());
      shares.add(share);
    }
    steps.add(
        step(
            uses,
            iteration -> {
              if (bias != null) {
                bias.buffer().get(0, shifts);
              }
              FloatBuffer pixels = from.buffer();
              FloatBuffer outPixels = out.buffer();
              workers.run(
                  shares.size(),
                  i -> {
                    Multiplied share = shares.get(i);
                    TileMemory memory = memories.get(i);
                    FloatBuffer points = share.points.buffer();
                    FloatBuffer products = share.products.buffer();
                    for (int row = i * rows; row < seen.rows(); row += shares.size() * rows) {
                      seen.cut(pixels, row, rows, points, tiles, memory);
                      share.step.run(iteration);
                      made.join(
                          products,
                          tiles,
                          row,
                          rows,
                          bias == null ? null : shifts,
                          outPixels,
                          memory);
                    }
                  });
            }));
    return out;
  }

  /** Some tiles and what they are multiplied to. */
  private final class Multiplied {

    final Tensor points;
    final Tensor products;
    final Step step;

    Multiplied(long tiles, long channels, Tensor weights) {
      points = points(tiles, channels);
      products = points(tiles, weights.sides()[2]);
      step = multiply(points, weights, products, false);
    }
  }

  /** Into runs of about the same length, at least one for each worker. */
  private int rowsAtATime(Tiles tiles) {
    int runs = (int) Math.max(workers.count(), (long) tiles.rows() * tiles.across() / TILES);
    return (tiles.rows() + runs - 1) / runs;
  }

  private static int withoutSmallRest(int tiles) {
    int rest = tiles % ROWS;
    return rest == 0 ? tiles : tiles + Math.max(0, LEAST_REST - rest);
  }

  private void learn(Tensor source, Tensor delta, Learned weight, Learned bias) {
    Tiles seen = new Tiles(source.sides());
    Tiles made = new Tiles(delta.sides());
    int rows = rowsAtATime(seen);
    int tiles = rows * seen.across();
    long in = source.sides()[1];
    long out = delta.sides()[1];
    Tensor points = points(tiles, in);
    Tensor deltas = points(tiles, out);
    long[] turned = {Tiles.POINTS, in, tiles};
    Tensor columns =
        graph.view(points, graph.strided(turned, new long[] {tiles * in, 1, in}), turned);
    Tensor gradients = points(in, out);
    Step first = multiply(columns, deltas, gradients, false);
    Step next = multiply(columns, deltas, gradients, true);
    float[] sums = new float[(int) out];
    List<Tensor> uses = new ArrayList<>(List.of(source, delta, bias.gradient()));
    uses.addAll(first.uses());
    uses.addAll(next.uses());
    TileMemory memory = memories.get(0);
    steps.add(
        step(
            uses,
            iteration -> {
              FloatBuffer pixels = source.buffer();
              FloatBuffer deltaPixels = delta.buffer();
              FloatBuffer pointValues = points.buffer();
              FloatBuffer deltaValues = deltas.buffer();
              Arrays.fill(sums, 0);
              for (int row = 0; row < seen.rows(); row += rows) {
                seen.cut(pixels, row, rows, pointValues, tiles, memory);
                made.spread(deltaPixels, row, rows, deltaValues, tiles, sums, memory);
                (row == 0 ? first : next).run(iteration);
              }
              bias.gradient().buffer().put(0, sums);
            }));
    Tensor byTaps = graph.tensor(graph.plain(TAPS, in, out), TAPS, in, out);
    steps.add(transform(WEIGHT_GRADIENT, gradients, byTaps, false));
    steps.add(graph.copy(byTaps, byTaps(weight.gradient(), false)));
  }

  /** Transformed weights, anew whenever they have changed. */
  private Tensor transformed(Tensor weight, boolean back) {
    Tensor view = byTaps(weight, back);
    long[] sides = view.sides();
    Tensor byTaps = graph.in(graph.plain(sides), view, preparations);
    Tensor points = points(sides[1], sides[2]);
    preparations.add(transform(Combination.WEIGHTS, byTaps, points, back));
    return points;
  }

  /**
   * Weights as a matrix for each tap.
   *
   * @param back whether from outputs to inputs
   */
  private Tensor byTaps(Tensor weight, boolean back) {
    long out = weight.sides()[0];
    long in = weight.sides()[1];
    long[] sides = back ? new long[] {TAPS, out, in} : new long[] {TAPS, in, out};
    long[] strides = back ? new long[] {1, in * TAPS, TAPS} : new long[] {1, TAPS, in * TAPS};
    return graph.view(weight, graph.strided(sides, strides), sides);
  }

  /** A matrix for each point of a tile. */
  private Tensor points(long rows, long columns) {
    return graph.tensor(graph.plain(Tiles.POINTS, rows, columns), Tiles.POINTS, rows, columns);
  }

  /**
   * Transforms matrices.
   *
   * @param reversed whether the last comes first, as for a convolution the other way
   */
  private Step transform(Combination combination, Tensor from, Tensor to, boolean reversed) {
    int size = (int) (from.sides()[1] * from.sides()[2]);
    int inputs = combination.inputs();
    TileMemory memory = memories.get(0);
    return step(
        List.of(from, to),
        iteration -> {
          FloatBuffer values = from.buffer();
          FloatBuffer transformed = to.buffer();
          for (int at = 0; at < size; at += CHUNK) {
            int n = Math.min(CHUNK, size - at);
            float[][] in = memory.in(n);
            for (int i = 0; i < inputs; i++) {
              values.get((reversed ? inputs - 1 - i : i) * size + at, in[i], 0, n);
            }
            float[][] out = memory.apply(combination, n);
            for (int i = 0; i < combination.outputs(); i++) {
              transformed.put(i * size + at, out[i], 0, n);
            }
          }
        });
  }

  /** One product of matrices for each point of a tile. */
  private Step multiply(Tensor left, Tensor right, Tensor out, boolean adds) {
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
