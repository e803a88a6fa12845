package io.github.autoencoder4j.internal.onednn;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Adds the forward passes of convolutions and inner products, in the words fastest for each. */
final class Products {

  /** So many weights take a core some microseconds to read; a hand-over takes less than one. */
  private static final long LEAST_HALVED = 1 << 16;

  /** The second half of the outputs is a multiple of this, whatever vectors the processor has. */
  private static final long VECTOR = 16;

  private final Pass pass;
  private final Graph graph;
  private final boolean training;
  private final List<Step> steps;
  private final @Nullable SideWork sideWork;

  Products(Pass pass) {
    this.pass = pass;
    sideWork = pass.sideWork();
    graph = pass.graph();
    training = pass.training();
    steps = pass.steps();
  }

  /**
   * Adds one.
   *
   * @param activation what is applied to the sums, if anything
   * @param outSides the sides of the outputs
   */
  Product add(
      Linear linear,
      @Nullable Eltwise activation,
      Tensor weight,
      Tensor bias,
      Tensor in,
      long... outSides) {
    if (sideWork != null
        && linear instanceof Linear.InnerProduct
        && in.sides()[0] == 1
        && weight.sides()[0] >= 2 * VECTOR
        && weight.sides()[0] * weight.sides()[1] >= LEAST_HALVED) {
      return halves(sideWork, activation, weight, bias, in);
    }
    Function<memory.desc, Pointer> forward =
        out ->
            linear.forward(
                training,
                linear.layout(graph, in),
                // Between changes of the parameters, their layout costs nothing.
                training ? linear.layout(graph, weight) : graph.free(weight.sides()),
                bias.layout(),
                out);
    primitive_desc description =
        linear.freeLayouts()
            ? graph.descriptions().convolution(forward, activation, outSides)
            : graph.descriptions().of(forward.apply(graph.plain(outSides)), activation);
    boolean many = linear instanceof Linear.InnerProduct && in.sides()[0] > 1;
    if (!training && many && Descriptions.kernel(description).contains("gemm:")) {
      Product pointwise = pointwise(activation, weight, bias, in, outSides);
      if (pointwise != null) {
        return pointwise;
      }
    }
    Tensor source = graph.in(graph.layout(description, dnnl.DNNL_ARG_SRC), in, steps);
    Tensor weights = pass.packed(graph.layout(description, dnnl.DNNL_ARG_WEIGHTS), weight);
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

  /**
   * The inner product of a single sample, which takes as long as its weights take to be read. So a
   * second core may compute half of the outputs. Whether one does is a matter of time, but the
   * halves are the same.
   */
  private Product halves(
      SideWork beside, @Nullable Eltwise activation, Tensor weight, Tensor bias, Tensor in) {
    long rows = weight.sides()[0];
    int theirs = (int) (rows / 2 / VECTOR * VECTOR);
    int ours = (int) rows - theirs;
    Tensor out = graph.tensor(graph.plain(1, rows), 1, rows);
    Half first = half(activation, weight, bias, in, 0, ours);
    Step step =
        graph.run(first.description, first.to(graph.view(out, graph.plain(1, ours), 1, ours)));
    Half second = half(activation, weight, bias, in, ours, theirs);
    Tensor lent = graph.tensor(graph.plain(1, theirs), 1, theirs);
    Tensor own = graph.like(lent);
    SideWork.Part part = new SideWork.Part(graph.runAside(second.description, second.to(lent)));
    Step again = graph.run(second.description, second.to(own));
    steps.add(
        Step.of(
            ImmutableList.copyOf(Iterables.concat(step.uses(), again.uses())),
            iteration -> {
              beside.offer(part);
              step.run(iteration);
              Tensor done = lent;
              if (!beside.isDone(part)) {
                again.run(iteration);
                done = own;
              }
              out.buffer().put(ours, done.buffer(), 0, theirs);
            }));
    return new Product(first.description, in, weight, out);
  }

  /** Some of the outputs of an inner product. */
  private Half half(
      @Nullable Eltwise activation, Tensor weight, Tensor bias, Tensor in, long from, long rows) {
    long columns = weight.sides()[1];
    Tensor shifts =
        graph.view(bias.pointer().getPointer(FloatPointer.class, from), graph.plain(rows), rows);
    Tensor plain =
        graph.view(
            weight.pointer().getPointer(FloatPointer.class, from * columns),
            graph.plain(rows, columns),
            rows,
            columns);
    primitive_desc description =
        graph
            .descriptions()
            .of(
                new Linear.InnerProduct()
                    .forward(
                        false,
                        in.layout(),
                        graph.free(rows, columns),
                        shifts.layout(),
                        graph.plain(1, rows)),
                activation);
    Tensor weights = pass.packed(graph.layout(description, dnnl.DNNL_ARG_WEIGHTS), plain);
    return new Half(description, in, weights, shifts);
  }

  private record Half(primitive_desc description, Tensor in, Tensor weights, Tensor bias) {

    Object[] to(Tensor out) {
      return new Object[] {
        dnnl.DNNL_ARG_SRC,
        in,
        dnnl.DNNL_ARG_WEIGHTS,
        weights,
        dnnl.DNNL_ARG_BIAS,
        bias,
        dnnl.DNNL_ARG_DST,
        out
      };
    }
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
    memory.desc inLayout = graph.pixels(seen);
    memory.desc outLayout = graph.pixels(computed);
    primitive_desc description =
        graph
            .descriptions()
            .of(
                Linear.Convolution.of(0, 0)
                    .forward(false, inLayout, graph.free(weightSides), bias.layout(), outLayout),
                activation);
    if (!Descriptions.kernel(description).contains("jit_1x1")) {
      return null;
    }
    Tensor weights =
        pass.packed(
            graph.layout(description, dnnl.DNNL_ARG_WEIGHTS),
            graph.view(weight, graph.plain(weightSides), weightSides));
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
        graph.descriptions().of(operation, activation),
        dnnl.DNNL_ARG_SRC,
        in,
        dnnl.DNNL_ARG_WEIGHTS,
        weights,
        dnnl.DNNL_ARG_BIAS,
        shifts,
        dnnl.DNNL_ARG_DST,
        out);
  }
}
