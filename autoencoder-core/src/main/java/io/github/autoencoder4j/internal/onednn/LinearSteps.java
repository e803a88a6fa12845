package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Adds the steps of products with weights, convolutions and inner products, each with its bias and
 * its activation, and says how to add those of their gradients.
 */
final class LinearSteps {

  /** Padding so few channels to a vector of them would multiply the work. */
  private static final int FEW_CHANNELS = 8;

  /** Copying more phases to their places takes longer than is won. */
  private static final int MOST_PHASES = 4;

  private final Graph graph;
  private final boolean training;
  private final Activations activations;
  private final List<Step> steps;
  private final List<Step> preparations;

  /** What dense layers leave to {@link DenseGradients}; null if they compute theirs themselves. */
  private final @Nullable List<DenseGradients.Left> left;

  LinearSteps(
      Graph graph,
      boolean training,
      Activations activations,
      List<Step> steps,
      List<Step> preparations,
      @Nullable List<DenseGradients.Left> left) {
    this.graph = graph;
    this.training = training;
    this.activations = activations;
    this.steps = steps;
    this.preparations = preparations;
    this.left = left;
  }

  /**
   * What the forward pass through a linear operation leaves behind.
   *
   * @param description of the operation itself, which its gradients must be told
   * @param source what it was fed, in its layout
   * @param weights in its layout, or as they are stored
   * @param out what it computed
   */
  private record Product(primitive_desc description, Tensor source, Tensor weights, Tensor out) {}

  /**
   * Adds the forward pass.
   *
   * @param activation what is applied to the sums, if anything
   * @param outSides the sides of the outputs
   */
  Reversible add(
      Linear linear,
      @Nullable Eltwise activation,
      Learned weight,
      Learned bias,
      Tensor in,
      long... outSides) {
    // Fused, the input of the activation is lost, which some gradients need.
    Eltwise fused =
        activation != null && (activation.fromOutput() || !training) ? activation : null;
    Product product =
        linear instanceof Linear.Convolution convolution && convolution.transposed()
            ? transposed(convolution, fused, weight.value(), bias.value(), in, outSides)
            : product(linear, fused, weight.value(), bias.value(), in, outSides);
    boolean apart = activation != null && fused == null;
    Tensor out = apart ? graph.like(product.out()) : product.out();
    if (activation != null && apart) {
      steps.add(activations.apply(activation, product.out(), out));
    }
    Tensor kept = activation != null && activation.fromOutput() ? out : product.out();
    return new Reversible(
        out,
        (gradient, wanted) -> {
          Tensor delta = gradient;
          if (activation != null) {
            delta = graph.in(kept.layout(), gradient, steps);
            steps.add(activations.back(activation, kept, delta));
          }
          learn(linear, product, weight, bias, in, delta);
          return wanted ? inputGradient(linear, product, weight.value(), in, delta) : delta;
        });
  }

  private Product product(
      Linear linear,
      @Nullable Eltwise activation,
      Tensor weight,
      Tensor bias,
      Tensor in,
      long... outSides) {
    Function<memory.desc, Pointer> forward =
        out ->
            linear.forward(
                training,
                free(linear, in),
                // Between changes of the parameters, their layout costs nothing.
                training ? free(linear, weight) : graph.free(weight.sides()),
                bias.layout(),
                out);
    primitive_desc description =
        linear.freeLayouts()
            ? graph.describeConvolution(forward, activation, outSides)
            : graph.describe(forward.apply(graph.plain(outSides)), activation);
    boolean many = linear instanceof Linear.InnerProduct && in.sides()[0] > 1;
    if (!training && many && kernel(description).contains("gemm:")) {
      Product pointwise = pointwise(activation, weight, bias, in, outSides);
      if (pointwise != null) {
        return pointwise;
      }
    }
    Tensor source = graph.in(graph.layout(description, dnnl.DNNL_ARG_SRC), in, steps);
    Tensor weights =
        graph.in(graph.layout(description, dnnl.DNNL_ARG_WEIGHTS), weight, preparations);
    Tensor out = graph.tensor(graph.layout(description, dnnl.DNNL_ARG_DST), outSides);
    steps.add(
        training && linear instanceof Linear.InnerProduct
            ? multiply(activation, source, weights, bias, out)
            : graph.run(
                description,
                dnnl.DNNL_ARG_SRC,
                source,
                dnnl.DNNL_ARG_WEIGHTS,
                weights,
                dnnl.DNNL_ARG_BIAS,
                bias,
                dnnl.DNNL_ARG_DST,
                out));
    return new Product(description, source, weights, out);
  }

  /** What oneDNN calls the implementation that it chose by shapes and instruction set. */
  private static String kernel(primitive_desc description) {
    return description.impl_info_str().getString();
  }

  /**
   * An inner product told as a convolution of single pixels, samples being the pixels of one row of
   * a picture. Where oneDNN has no kernel of its own for inner products, as on AVX2, its general
   * product packs the weights anew in each call. The convolution is given them packed.
   *
   * @return null if oneDNN has no kernel for it either
   */
  private @Nullable Product pointwise(
      @Nullable Eltwise activation, Tensor weight, Tensor bias, Tensor in, long... outSides) {
    long n = in.sides()[0];
    long[] seen = {1, in.sides()[1], 1, n};
    long[] computed = {1, outSides[1], 1, n};
    long[] weightSides = {outSides[1], in.sides()[1], 1, 1};
    memory.desc inLayout = channelsTogether(seen);
    memory.desc outLayout = channelsTogether(computed);
    primitive_desc description =
        graph.describe(
            new Linear.Convolution(1, 1, 0, 0, false)
                .forward(false, inLayout, graph.free(weightSides), bias.layout(), outLayout),
            activation);
    if (!kernel(description).contains("jit_1x1")) {
      return null;
    }
    Tensor weights =
        graph.in(
            graph.layout(description, dnnl.DNNL_ARG_WEIGHTS),
            graph.view(weight, graph.plain(weightSides), weightSides),
            preparations);
    Tensor out = graph.tensor(graph.plain(outSides), outSides);
    steps.add(
        graph.run(
            description,
            dnnl.DNNL_ARG_SRC,
            graph.view(in, inLayout, seen),
            dnnl.DNNL_ARG_WEIGHTS,
            weights,
            dnnl.DNNL_ARG_BIAS,
            bias,
            dnnl.DNNL_ARG_DST,
            graph.view(out, outLayout, computed)));
    return new Product(description, in, weights, out);
  }

  /** The layout in which the values of a pixel lie side by side. */
  private memory.desc channelsTogether(long... sides) {
    long channels = sides[1];
    long row = sides[3] * channels;
    return graph.strided(sides, new long[] {sides[2] * row, 1, row, channels});
  }

  /**
   * An inner product told as a product of matrices. Where weights are row-major, its kernels take a
   * fifth less time on processors with AVX-512.
   */
  private Step multiply(
      @Nullable Eltwise activation, Tensor in, Tensor weight, Tensor bias, Tensor out) {
    long rows = weight.sides()[0];
    long columns = weight.sides()[1];
    long[] across = {columns, rows};
    Tensor weights = graph.view(weight, graph.strided(across, new long[] {1, columns}), across);
    Tensor shifts = graph.view(bias, graph.plain(1, rows), 1, rows);
    dnnl_matmul_desc_t operation = new dnnl_matmul_desc_t();
    Linear.check(
        dnnl.dnnl_matmul_desc_init(
            operation,
            in.layout().data(),
            weights.layout().data(),
            shifts.layout().data(),
            out.layout().data()));
    return graph.run(
        graph.describe(operation, activation),
        dnnl.DNNL_ARG_SRC,
        in,
        dnnl.DNNL_ARG_WEIGHTS,
        weights,
        dnnl.DNNL_ARG_BIAS,
        shifts,
        dnnl.DNNL_ARG_DST,
        out);
  }

  private Product transposed(
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
        graph.describe(
            linear.forward(
                true,
                product.source().layout(),
                free(linear, weight),
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
        product(
            new Linear.Convolution(
                1, 1, rows.convolutionPadding(), columns.convolutionPadding(), false),
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
    Linear convolution = linear.plain();
    primitive_desc hint =
        graph.describeConvolution(
            computed ->
                convolution.forward(
                    true, outLayout, free(linear, swapped), graph.plain(in.sides()[1]), computed),
            null,
            in.sides());
    primitive_desc description =
        graph.describe(
            convolution.backwardData(outLayout, free(linear, swapped), graph.free(in.sides())),
            hint);
    Tensor source = graph.in(graph.layout(description, dnnl.DNNL_ARG_DIFF_DST), in, steps);
    Tensor weights =
        graph.in(graph.layout(description, dnnl.DNNL_ARG_WEIGHTS), swapped, preparations);
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
        graph.in(
            graph.laidOutLike(out, perChannel),
            graph.view(bias, graph.plain(perChannel), perChannel),
            preparations);
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

  private memory.desc free(Linear linear, Tensor tensor) {
    return linear.freeLayouts() ? graph.free(tensor.sides()) : tensor.layout();
  }

  /** Adds the gradients of weights and bias. */
  private void learn(
      Linear linear, Product product, Learned weight, Learned bias, Tensor in, Tensor delta) {
    if (left != null && linear instanceof Linear.InnerProduct) {
      left.add(new DenseGradients.Left(graph.keep(in), graph.keep(delta), weight, bias));
      return;
    }
    primitive_desc backward =
        graph.describe(
            linear.backwardWeights(
                free(linear, in),
                free(linear, weight.gradient()),
                bias.gradient().layout(),
                free(linear, delta)),
            product.description());
    Tensor weightGradient = weight.gradient();
    memory.desc wanted = graph.layout(backward, dnnl.DNNL_ARG_DIFF_WEIGHTS);
    boolean direct = wanted.equals(weightGradient.layout());
    Tensor computed = direct ? weightGradient : graph.tensor(wanted, weightGradient.sides());
    steps.add(
        graph.run(
            backward,
            dnnl.DNNL_ARG_SRC,
            again(product.source(), in, graph.layout(backward, dnnl.DNNL_ARG_SRC)),
            dnnl.DNNL_ARG_DIFF_DST,
            graph.in(graph.layout(backward, dnnl.DNNL_ARG_DIFF_DST), delta, steps),
            dnnl.DNNL_ARG_DIFF_WEIGHTS,
            computed,
            dnnl.DNNL_ARG_DIFF_BIAS,
            bias.gradient()));
    if (!direct) {
      steps.add(graph.copy(computed, weightGradient));
    }
  }

  /** A copy that is there already if it fits, else what {@code original} makes of the layout. */
  private Tensor again(Tensor copy, Tensor original, memory.desc layout) {
    return layout.equals(copy.layout()) ? copy : graph.in(layout, original, steps);
  }

  private Tensor inputGradient(
      Linear linear, Product product, Tensor weight, Tensor in, Tensor delta) {
    primitive_desc backward =
        graph.describe(
            linear.backwardData(free(linear, in), free(linear, weight), free(linear, delta)),
            product.description());
    memory.desc wanted = graph.layout(backward, dnnl.DNNL_ARG_WEIGHTS);
    Tensor gradient = graph.tensor(graph.layout(backward, dnnl.DNNL_ARG_DIFF_SRC), in.sides());
    steps.add(
        graph.run(
            backward,
            dnnl.DNNL_ARG_DIFF_DST,
            graph.in(graph.layout(backward, dnnl.DNNL_ARG_DIFF_DST), delta, steps),
            dnnl.DNNL_ARG_WEIGHTS,
            again(product.weights(), weight, wanted),
            dnnl.DNNL_ARG_DIFF_SRC,
            gradient));
    return gradient;
  }
}
