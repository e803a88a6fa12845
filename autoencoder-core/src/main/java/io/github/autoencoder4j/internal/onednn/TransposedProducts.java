package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;
import org.jspecify.annotations.Nullable;

/** Adds the forward passes of transposed convolutions, told as convolutions or their gradients. */
final class TransposedProducts {

  /** Padding so few channels to a vector of them would multiply the work. */
  private static final int FEW_CHANNELS = 8;

  /** Copying more phases to their places takes longer than is won. */
  private static final int MOST_PHASES = 4;

  private final Pass pass;
  private final Graph graph;
  private final boolean training;
  private final Activations activations;
  private final Products products;
  private final List<Step> steps;
  private final List<Step> preparations;

  TransposedProducts(Pass pass, Products products) {
    this.products = products;
    this.pass = pass;
    graph = pass.graph();
    training = pass.training();
    activations = pass.activations();
    steps = pass.steps();
    preparations = pass.preparations();
  }

  /**
   * Adds one.
   *
   * @param activation what is applied to the sums, if anything
   * @param outSides the sides of the outputs
   */
  Product add(
      Linear.Convolution linear,
      @Nullable Eltwise activation,
      Tensor weight,
      Tensor bias,
      Tensor in,
      long... outSides) {
    Phases rows = linear.phasesOfRows(weight.sides(), in.sides());
    Phases columns = linear.phasesOfColumns(weight.sides(), in.sides());
    int phases = rows.stride() * columns.stride();
    long channels = outSides[1];
    boolean few = channels <= FEW_CHANNELS && channels * phases >= FEW_CHANNELS;
    Product product =
        few && phases <= MOST_PHASES && rows.areAlike() && columns.areAlike()
            ? phases(rows, columns, activation, weight, bias, in, outSides)
            : turned(linear, activation, weight, bias, in, outSides);
    if (!training) {
      return product;
    }
    // The gradients are those of oneDNN's own transposed convolution, which wants to be known.
    primitive_desc own =
        graph
            .descriptions()
            .of(
                linear.forward(
                    true,
                    product.source().layout(),
                    linear.layout(graph, weight),
                    bias.layout(),
                    product.out().layout()));
    // Not the weights as they were used: swapped, they could be taken for the others wherever there
    // are as many channels before as after.
    return new Product(own, product.source(), weight, product.out());
  }

  /**
   * A transposed convolution to few channels computed as a convolution to all their phases, each of
   * which is copied to its places of the output. oneDNN would multiply matrices and scatter the
   * products.
   */
  private Product phases(
      Phases rows,
      Phases columns,
      @Nullable Eltwise activation,
      Tensor weight,
      Tensor bias,
      Tensor in,
      long... outSides) {
    int channels = (int) outSides[1];
    long[] computed = {
      in.sides()[0],
      (long) channels * rows.stride() * columns.stride(),
      rows.computed(),
      columns.computed()
    };
    Product product =
        products.add(
            Linear.Convolution.of(rows.convolutionPadding(), columns.convolutionPadding()),
            activation,
            gathered(
                weight,
                Phases.weights(rows, columns, channels, (int) in.sides()[1]),
                computed[1],
                in.sides()[1],
                rows.taps(),
                columns.taps()),
            gathered(bias, i -> i % channels, computed[1]),
            in,
            computed);
    Tensor all = graph.in(graph.plain(computed), product.out(), steps);
    Tensor out = graph.tensor(graph.plain(outSides), outSides);
    long area = computed[2] * computed[3];
    long width = outSides[3];
    long plane = outSides[2] * width;
    for (int row = 0; row < rows.stride(); row++) {
      for (int column = 0; column < columns.stride(); column++) {
        long phase = (long) row * columns.stride() + column;
        long[] sides = {outSides[0], channels, rows.count(row), columns.count(column)};
        steps.add(
            graph.copy(
                graph.part(
                    all,
                    phase * channels * area + rows.first(row) * computed[3] + columns.first(column),
                    new long[] {computed[1] * area, area, computed[3], 1},
                    sides),
                graph.part(
                    out,
                    rows.firstOut(row) * width + columns.firstOut(column),
                    new long[] {channels * plane, plane, rows.stride() * width, columns.stride()},
                    sides)));
      }
    }
    return new Product(product.description(), product.source(), product.weights(), out);
  }

  /** An array made of the numbers of another, anew whenever those have changed. */
  private Tensor gathered(Tensor from, IntUnaryOperator positions, long... sides) {
    Tensor to = graph.keep(graph.tensor(graph.plain(sides), sides));
    FloatBuffer source = from.buffer();
    FloatBuffer gathered = to.buffer();
    int[] chosen = IntStream.range(0, gathered.capacity()).map(positions).toArray();
    preparations.add(
        iteration -> {
          for (int i = 0; i < chosen.length; i++) {
            gathered.put(i, source.get(chosen[i]));
          }
        });
    return to;
  }

  /**
   * A transposed convolution computed as the gradient of a convolution, then bias and activation in
   * one pass. oneDNN's own takes two passes more, the slower the fewer channels there are.
   */
  private Product turned(
      Linear.Convolution linear,
      @Nullable Eltwise activation,
      Tensor weight,
      Tensor bias,
      Tensor in,
      long... outSides) {
    memory.desc outLayout =
        outSides[1] < FEW_CHANNELS ? graph.plain(outSides) : graph.free(outSides);
    Tensor swapped = swapped(weight);
    Linear convolution = linear.by(Linear.Convolution.Algorithm.DIRECT);
    primitive_desc hint =
        graph
            .descriptions()
            .convolution(
                computed ->
                    convolution.forward(
                        true,
                        outLayout,
                        linear.layout(graph, swapped),
                        graph.plain(in.sides()[1]),
                        computed),
                null,
                in.sides());
    primitive_desc description =
        graph
            .descriptions()
            .of(
                convolution.backwardData(
                    outLayout, linear.layout(graph, swapped), graph.free(in.sides())),
                hint);
    Tensor source = graph.in(graph.layout(description, dnnl.DNNL_ARG_DIFF_DST), in, steps);
    Tensor weights = pass.packed(graph.layout(description, dnnl.DNNL_ARG_WEIGHTS), swapped);
    Tensor out = graph.tensor(graph.layout(description, dnnl.DNNL_ARG_DIFF_SRC), outSides);
    steps.add(
        graph.run(
            description,
            dnnl.DNNL_ARG_DIFF_DST,
            source,
            dnnl.DNNL_ARG_WEIGHTS,
            weights,
            dnnl.DNNL_ARG_DIFF_SRC,
            out));
    long[] perChannel = {1, outSides[1], 1, 1};
    Tensor shifts =
        pass.packed(
            graph.laidOutLike(out, perChannel),
            graph.view(bias, graph.plain(perChannel), perChannel));
    // Where channels are padded to whole vectors, oneDNN's sum forgets what is to follow it.
    Eltwise apart = graph.isPadded(out) ? activation : null;
    steps.add(
        graph.binary(dnnl.dnnl_binary_add, apart == null ? activation : null, out, shifts, out));
    if (apart != null) {
      steps.add(activations.apply(apart, out, out));
    }
    return new Product(description, source, weights, out);
  }

  /** The weights of a transposed convolution as its convolution sees them. */
  private Tensor swapped(Tensor weight) {
    long[] sides = weight.sides();
    long[] swapped = {sides[1], sides[0], sides[2], sides[3]};
    return graph.view(weight, graph.plain(swapped), swapped);
  }
}
