package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Turns layers into steps on native memory, for as many samples as each is fed.
 *
 * <p>While it adds the steps of the forward pass, each layer leaves behind how to add those of the
 * backward pass; these are built in reverse once the gradient of the output is known.
 */
final class Compiler {

  private record Back(Reversible.Reverse reverse, boolean learns) {}

  private final Graph graph;
  private final boolean training;
  private final Parameters parameters;
  private final Activations activations;
  private final List<Step> steps = new ArrayList<>();

  /** What has to be done only when parameters have changed. In training they always have. */
  private final List<Step> preparations;

  private final Deque<Back> backs = new ArrayDeque<>();

  private final LinearSteps products;
  private final Normalization normalization;

  Compiler(
      Graph graph,
      boolean training,
      @Nullable Parallel workers,
      @Nullable SideWork sideWork,
      PointMatrices pointMatrices,
      PackedWeights.@Nullable Own packed,
      Parameters parameters,
      @Nullable List<DenseGradients.Left> left) {
    this.graph = graph;
    this.training = training;
    this.parameters = parameters;
    this.activations = new Activations(graph, training);
    this.preparations = training ? steps : new ArrayList<>();
    Pass pass =
        new Pass(
            graph,
            training,
            workers,
            sideWork,
            pointMatrices,
            packed,
            activations,
            steps,
            preparations);
    this.products = new LinearSteps(pass, left);
    this.normalization = new Normalization(pass, new LinearSteps(pass, null));
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  List<Step> preparations() {
    return List.copyOf(preparations);
  }

  void add(Step step) {
    steps.add(step);
  }

  /** Leaves behind the backward pass through something that learns nothing. */
  void addReverse(Reversible.Reverse reverse) {
    backs.push(new Back(reverse, false));
  }

  /** Adds the backward pass through everything added so far. */
  void reverse(Tensor gradient) {
    Tensor current = gradient;
    // Before the first layer that learns, nobody asks for gradients.
    while (backs.stream().anyMatch(Back::learns)) {
      Reversible.Reverse reverse = backs.pop().reverse();
      current = reverse.build(current, backs.stream().anyMatch(Back::learns));
    }
  }

  /** The sides of a batch: {@code [n, channels, height, width]}, or {@code [n, values]}. */
  static long[] sides(long n, ImageShape shape, boolean images) {
    return images
        ? new long[] {n, shape.channels(), shape.height(), shape.width()}
        : new long[] {n, shape.size()};
  }

  /** New row-major memory for a batch. */
  Tensor plain(long n, ImageShape shape, boolean images) {
    long[] sides = sides(n, shape, images);
    return graph.tensor(graph.plain(sides), sides);
  }

  /** Row-major values whose place others choose. */
  Tensor outside(long n, ImageShape shape, boolean images) {
    Tensor tensor = plain(n, shape, images);
    tensor.block().move(new FloatPointer());
    return tensor;
  }

  /** The same values row-major. */
  Tensor toPlain(Tensor tensor) {
    return graph.in(graph.plain(tensor.sides()), tensor, steps);
  }

  /**
   * Adds a layer.
   *
   * @param position of the layer in the network
   * @param dropout draws masks
   */
  Tensor layer(LayerPlan plan, int position, Dropout dropout, Tensor in) {
    return plan.match(
        new LayerPlan.Cases<>() {

          @Override
          public Tensor dense(DenseLayerPlan layer) {
            return Compiler.this.dense(layer, position, dropout, in);
          }

          @Override
          public Tensor convolution(ConvLayerPlan layer) {
            return Compiler.this.convolution(layer, position, in);
          }

          @Override
          public Tensor residual(ResidualBlockPlan layer) {
            return Compiler.this.residual(layer, position, in);
          }

          @Override
          public Tensor rearrangement(RearrangementPlan layer) {
            return Compiler.this.rearrangement(layer, in);
          }
        });
  }

  private Tensor dense(DenseLayerPlan plan, int position, Dropout dropout, Tensor in) {
    long rows = plan.output().size();
    long columns = plan.input().size();
    // Deeplearning4j's column-major [in, out] is row-major [out, in].
    memory.desc weights = graph.plain(rows, columns);
    Tensor out =
        learn(
            activated(
                plan.activation(),
                position,
                2,
                products.add(
                    new Linear.InnerProduct(),
                    Eltwise.of(plan.activation()),
                    parameter(position, 0, weights, rows, columns),
                    parameter(position, 1, graph.plain(rows), rows),
                    in,
                    in.sides()[0],
                    rows)));
    return training && plan.dropout() > 0 ? dropout(plan, dropout, out) : out;
  }

  private Tensor dropout(DenseLayerPlan plan, Dropout dropout, Tensor in) {
    Tensor mask = graph.like(in);
    var values = graph.keep(mask).buffer();
    int n = (int) in.sides()[0];
    steps.add(iteration -> values.put(0, dropout.mask(plan, n, iteration)));
    Tensor out = graph.like(in);
    steps.add(graph.binary(dnnl.dnnl_binary_mul, in, mask, out));
    addReverse(
        (gradient, wanted) -> {
          steps.add(graph.binary(dnnl.dnnl_binary_mul, gradient, mask, gradient));
          return gradient;
        });
    return out;
  }

  private Tensor convolution(ConvLayerPlan plan, int position, Tensor in) {
    long[] sides = weightSides(plan);
    long rows = sides[0];
    long width = sides[3];
    long area = sides[2] * width;
    // Stored as [in, out, height, width] if transposed.
    memory.desc weights =
        plan.transposed()
            ? graph.strided(sides, new long[] {area, rows * area, width, 1})
            : graph.plain(sides);
    return learn(
        activated(
            plan.activation(),
            position,
            2,
            products.add(
                Linear.Convolution.of(plan),
                Eltwise.of(plan.activation()),
                parameter(position, 1, weights, sides),
                parameter(position, 0, graph.plain(rows), rows),
                in,
                sides(in.sides()[0], plan.output(), true))));
  }

  /** Those of the weights of a convolution, {@code [out, in, height, width]}. */
  static long[] weightSides(ConvLayerPlan plan) {
    return new long[] {
      plan.output().channels(), plan.input().channels(), plan.kernelHeight(), plan.kernel()
    };
  }

  /** Those of the weights of each convolution of a block. */
  static long[] weightSides(ResidualBlockPlan plan) {
    long channels = plan.input().channels();
    return new long[] {channels, channels, plan.kernelHeight(), plan.kernel()};
  }

  /** {@code x + W2 f(W1 x + b1) + b2}. */
  private Tensor residual(ResidualBlockPlan plan, int position, Tensor in) {
    long[] sides = weightSides(plan);
    long channels = sides[0];
    memory.desc weights = graph.plain(sides);
    memory.desc bias = graph.plain(channels);
    Linear same = Linear.Convolution.of(plan);
    Reversible first =
        activated(
            plan.activation(),
            position,
            4,
            products.add(
                same,
                Eltwise.of(plan.activation()),
                parameter(position, 1, weights, sides),
                parameter(position, 0, bias, channels),
                in,
                in.sides()));
    Reversible both =
        first.then(
            products.add(
                same,
                null,
                parameter(position, 3, weights, sides),
                parameter(position, 2, bias, channels),
                first.out(),
                in.sides()));
    Tensor inner = both.out();
    Tensor shortcut = graph.in(inner.layout(), in, steps);
    Tensor out = training ? graph.like(inner) : inner;
    steps.add(graph.binary(dnnl.dnnl_binary_add, inner, shortcut, out));
    return learn(
        new Reversible(
            out,
            (gradient, wanted) -> {
              Tensor inGradient = both.reverse().build(gradient, wanted);
              if (wanted) {
                Tensor along = graph.in(inGradient.layout(), gradient, steps);
                steps.add(graph.binary(dnnl.dnnl_binary_add, inGradient, along, inGradient));
              }
              return inGradient;
            }));
  }

  /** Leaves behind the backward pass through something that learns, if there will be one. */
  private Tensor learn(Reversible result) {
    if (training) {
      backs.push(new Back(result.reverse(), true));
    }
    return result.out();
  }

  /** Moves blocks of pixels into channels, or back, by one strided copy. */
  private Tensor rearrangement(RearrangementPlan plan, Tensor in) {
    Tensor from = toPlain(in);
    Tensor to = plain(in.sides()[0], plan.output(), true);
    steps.add(move(plan, from, to, true));
    addReverse(
        (gradient, wanted) -> {
          Tensor outGradient = toPlain(gradient);
          Tensor inGradient = graph.like(from);
          steps.add(move(plan, inGradient, outGradient, false));
          return inGradient;
        });
    return to;
  }

  private Step move(RearrangementPlan plan, Tensor in, Tensor out, boolean forward) {
    Tensor wide = plan.toDepth() ? in : out;
    Tensor deep = plan.toDepth() ? out : in;
    ImageShape large = plan.toDepth() ? plan.input() : plan.output();
    long blockHeight = plan.blockHeight();
    long block = plan.block();
    long rows = large.height() / blockHeight;
    long columns = large.width() / block;
    // [n, channel, dy, dx, y, x], as the deep tensor has it.
    long[] sides = {in.sides()[0], large.channels(), blockHeight, block, rows, columns};
    long width = large.width();
    long plane = (long) large.height() * width;
    long[] strides = {large.channels() * plane, plane, width, 1, blockHeight * width, block};
    Tensor wideBlocks = graph.view(wide, graph.strided(sides, strides), sides);
    Tensor deepBlocks = graph.view(deep, graph.plain(sides), sides);
    return plan.toDepth() == forward
        ? graph.copy(wideBlocks, deepBlocks)
        : graph.copy(deepBlocks, wideBlocks);
  }

  private Learned parameter(int layer, int index, memory.desc layout, long... sides) {
    Parameters.Parameter parameter = parameters.of(layer, index);
    Tensor value = graph.view(parameter.value(), layout, sides);
    FloatPointer gradient = parameter.gradient();
    return new Learned(
        value, gradient == null ? value : graph.view(gradient, layout, sides), parameter.start());
  }

  /**
   * Adds an activation that learns; any other is part of its product.
   *
   * @param first the position of its first array in the layer
   */
  private Reversible activated(Activation activation, int position, int first, Reversible product) {
    Tensor in = product.out();
    long channels = in.sides()[1];
    return switch (activation) {
      case PRELU ->
          product.then(
              activations.rectify(
                  parameter(position, first, graph.plain(channels), channels),
                  in,
                  preparations,
                  steps));
      case GDN, INVERSE_GDN -> {
        long[] sides = in.sides();
        sides[0] = channels;
        Arrays.fill(sides, 2, sides.length, 1);
        yield product.then(
            normalization.add(
                activation == Activation.INVERSE_GDN,
                parameter(position, first, graph.plain(channels), channels),
                parameter(position, first + 1, graph.plain(sides), sides),
                in));
      }
      default -> product;
    };
  }

  /** {@code out = f(in)}; both may be the same. */
  Step activate(Eltwise activation, Tensor in, Tensor out) {
    return activations.apply(activation, in, out);
  }
}
