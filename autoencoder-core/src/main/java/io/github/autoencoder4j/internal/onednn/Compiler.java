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
import java.util.Deque;
import java.util.List;
import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Turns layers into steps on native memory, for one batch size.
 *
 * <p>While it adds the steps of the forward pass, each layer leaves behind how to add those of the
 * backward pass; these are built in reverse once the gradient of the output is known.
 */
final class Compiler {

  /** Adds the steps of one layer's backward pass. */
  @FunctionalInterface
  interface Reverse {

    /**
     * Adds them.
     *
     * @param gradient that of the layer's output; may be overwritten
     * @param wanted whether anybody asks for the gradient of the layer's input
     * @return that of the layer's input if it is wanted, else any tensor
     */
    Tensor build(Tensor gradient, boolean wanted);
  }

  private record Back(Reverse reverse, boolean learns) {}

  /** Padding so few channels to a vector of them would multiply the work. */
  private static final int FEW_CHANNELS = 8;

  private final Graph graph;
  private final int batch;
  private final boolean training;
  private final Parameters parameters;
  private final Activations activations;
  private final List<Step> steps = new ArrayList<>();

  /** What has to be done only when parameters have changed. In training they always have. */
  private final List<Step> preparations;

  private final Deque<Back> backs = new ArrayDeque<>();

  /** What dense layers leave to {@link DenseGradients}; null if they compute theirs themselves. */
  private final @Nullable List<DenseGradients.Left> left;

  Compiler(
      Graph graph,
      int batch,
      boolean training,
      Parameters parameters,
      @Nullable List<DenseGradients.Left> left) {
    this.left = left;
    this.graph = graph;
    this.batch = batch;
    this.training = training;
    this.parameters = parameters;
    this.activations = new Activations(graph, training);
    this.preparations = training ? steps : new ArrayList<>();
  }

  /** Whether every one of these layers can be compiled. */
  static boolean supports(List<LayerPlan> layers) {
    return layers.stream().map(LayerPlan::activation).allMatch(Compiler::supports);
  }

  private static boolean supports(Activation activation) {
    return switch (activation) {
      case IDENTITY, RELU, LEAKY_RELU, ELU, SILU, TANH, SIGMOID, PRELU -> true;
      case GDN, INVERSE_GDN -> false;
    };
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
  void addReverse(Reverse reverse) {
    backs.push(new Back(reverse, false));
  }

  /** Adds the backward pass through everything added so far. */
  void reverse(Tensor gradient) {
    Tensor current = gradient;
    // Before the first layer that learns, nobody asks for gradients.
    while (backs.stream().anyMatch(Back::learns)) {
      Reverse reverse = backs.pop().reverse();
      current = reverse.build(current, backs.stream().anyMatch(Back::learns));
    }
  }

  /** The sides of a batch: {@code [n, channels, height, width]}, or {@code [n, values]}. */
  long[] sides(ImageShape shape, boolean images) {
    return images
        ? new long[] {batch, shape.channels(), shape.height(), shape.width()}
        : new long[] {batch, shape.size()};
  }

  /** New row-major memory for a batch. */
  Tensor plain(ImageShape shape, boolean images) {
    long[] sides = sides(shape, images);
    return graph.tensor(graph.plain(sides), sides);
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
        linear(
            new Linear.InnerProduct(),
            plan.activation(),
            slopes(plan.activation(), position, 2, rows),
            parameter(position, 0, weights, rows, columns),
            parameter(position, 1, graph.plain(rows), rows),
            in,
            batch,
            rows);
    return training && plan.dropout() > 0 ? dropout(plan, dropout, out) : out;
  }

  private Tensor dropout(DenseLayerPlan plan, Dropout dropout, Tensor in) {
    Tensor mask = graph.like(in);
    var values = mask.buffer();
    steps.add(iteration -> values.put(0, dropout.mask(plan, batch, iteration)));
    Tensor out = graph.like(in);
    steps.add(binary(dnnl.dnnl_binary_mul, in, mask, out));
    addReverse(
        (gradient, wanted) -> {
          steps.add(binary(dnnl.dnnl_binary_mul, gradient, mask, gradient));
          return gradient;
        });
    return out;
  }

  private Tensor convolution(ConvLayerPlan plan, int position, Tensor in) {
    long rows = plan.output().channels();
    long columns = plan.input().channels();
    long side = plan.kernel();
    long area = side * side;
    long[] sides = {rows, columns, side, side};
    // Stored as [in, out, kernel, kernel] if transposed.
    memory.desc weights =
        plan.transposed()
            ? graph.strided(sides, new long[] {area, rows * area, side, 1})
            : graph.plain(sides);
    return linear(
        new Linear.Convolution(plan.stride(), plan.padding(), plan.transposed()),
        plan.activation(),
        slopes(plan.activation(), position, 2, rows),
        parameter(position, 1, weights, sides),
        parameter(position, 0, graph.plain(rows), rows),
        in,
        sides(plan.output(), true));
  }

  /** {@code x + W2 f(W1 x + b1) + b2}. */
  private Tensor residual(ResidualBlockPlan plan, int position, Tensor in) {
    long channels = plan.input().channels();
    long side = plan.kernel();
    long[] sides = {channels, channels, side, side};
    memory.desc weights = graph.plain(sides);
    memory.desc bias = graph.plain(channels);
    Linear same = new Linear.Convolution(1, (plan.kernel() - 1) / 2, /* transposed= */ false);
    Tensor hidden =
        linear(
            same,
            plan.activation(),
            slopes(plan.activation(), position, 4, channels),
            parameter(position, 1, weights, sides),
            parameter(position, 0, bias, channels),
            in,
            in.sides());
    Reverse throughFirst = training ? backs.pop().reverse() : null;
    Tensor inner =
        linear(
            same,
            Activation.IDENTITY,
            null,
            parameter(position, 3, weights, sides),
            parameter(position, 2, bias, channels),
            hidden,
            in.sides());
    Tensor shortcut = graph.in(inner.layout(), in, steps);
    Tensor out = training ? graph.like(inner) : inner;
    steps.add(binary(dnnl.dnnl_binary_add, inner, shortcut, out));
    if (throughFirst != null) {
      Reverse throughSecond = backs.pop().reverse();
      backs.push(
          new Back(
              (gradient, wanted) -> {
                Tensor inGradient = throughFirst.build(throughSecond.build(gradient, true), wanted);
                if (wanted) {
                  Tensor along = graph.in(inGradient.layout(), gradient, steps);
                  steps.add(binary(dnnl.dnnl_binary_add, inGradient, along, inGradient));
                }
                return inGradient;
              },
              true));
    }
    return out;
  }

  /** Moves blocks of pixels into channels, or back, by one strided copy. */
  private Tensor rearrangement(RearrangementPlan plan, Tensor in) {
    Tensor from = toPlain(in);
    Tensor to = plain(plan.output(), true);
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
    long block = plan.block();
    long rows = large.height() / block;
    long columns = large.width() / block;
    // [n, channel, dy, dx, y, x], as the deep tensor has it.
    long[] sides = {batch, large.channels(), block, block, rows, columns};
    long width = large.width();
    long plane = (long) large.height() * width;
    long[] strides = {large.channels() * plane, plane, width, 1, block * width, block};
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

  /** Those of a rectifier that learns them, which come after what is linear in the layer. */
  private @Nullable Learned slopes(Activation activation, int layer, int index, long channels) {
    return activation == Activation.PRELU
        ? parameter(layer, index, graph.plain(channels), channels)
        : null;
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

  private Tensor linear(
      Linear linear,
      Activation function,
      @Nullable Learned slopes,
      Learned weight,
      Learned bias,
      Tensor in,
      long... outSides) {
    Eltwise activation = slopes == null ? Eltwise.of(function) : null;
    // Fused, the input of the activation is lost, which some gradients need.
    Eltwise fused =
        activation != null && (activation.fromOutput() || !training) ? activation : null;
    Product product =
        linear instanceof Linear.Convolution convolution && convolution.transposed()
            ? transposed(convolution, fused, weight.value(), bias.value(), in, outSides)
            : product(linear, fused, weight.value(), bias.value(), in, outSides);
    Tensor out = product.out();
    boolean apart = activation != null && fused == null;
    if (slopes != null || (training && apart)) {
      out = graph.like(product.out());
    }
    if (activation != null && apart) {
      steps.add(activate(activation, product.out(), out));
    }
    Activations.Rectifier rectifier =
        slopes == null
            ? null
            : activations.rectify(slopes.value(), product.out(), out, preparations, steps);
    if (training) {
      Tensor kept = activation != null && activation.fromOutput() ? out : product.out();
      backs.push(
          new Back(
              (gradient, wanted) -> {
                Tensor delta = gradient;
                if (activation != null) {
                  delta = graph.in(kept.layout(), gradient, steps);
                  steps.add(activations.back(activation, kept, delta));
                }
                if (rectifier != null && slopes != null) {
                  delta = graph.in(rectifier.in().layout(), gradient, steps);
                  delta = activations.back(rectifier, slopes.gradient(), delta, steps);
                }
                learn(linear, product, weight, bias, in, delta);
                return wanted ? inputGradient(linear, product, weight.value(), in, delta) : delta;
              },
              true));
    }
    return out;
  }

  private Product product(
      Linear linear,
      @Nullable Eltwise activation,
      Tensor weight,
      Tensor bias,
      Tensor in,
      long... outSides) {
    primitive_desc description =
        graph.describe(
            linear.forward(
                training,
                free(linear, in),
                // Between changes of the parameters, their layout costs nothing.
                training ? free(linear, weight) : graph.free(weight.sides()),
                bias.layout(),
                linear.freeLayouts() ? graph.free(outSides) : graph.plain(outSides)),
            graph.attributes(activation),
            null);
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
        graph.describe(operation, graph.attributes(activation), null),
        dnnl.DNNL_ARG_SRC,
        in,
        dnnl.DNNL_ARG_WEIGHTS,
        weights,
        dnnl.DNNL_ARG_BIAS,
        shifts,
        dnnl.DNNL_ARG_DST,
        out);
  }

  /**
   * A transposed convolution computed as the gradient of a convolution, then bias and activation in
   * one pass. oneDNN's own takes two passes more, the slower the fewer channels there are.
   */
  private Product transposed(
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
        graph.describe(
            convolution.forward(
                true,
                outLayout,
                free(linear, swapped),
                graph.plain(in.sides()[1]),
                graph.free(in.sides())),
            graph.attributes(null),
            null);
    primitive_desc description =
        graph.describe(
            convolution.backwardData(outLayout, free(linear, swapped), graph.free(in.sides())),
            graph.attributes(null),
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
    steps.add(binary(dnnl.dnnl_binary_add, apart == null ? activation : null, out, shifts, out));
    if (apart != null) {
      steps.add(activate(apart, out, out));
    }
    if (!training) {
      return new Product(description, source, weights, out);
    }
    // The gradients are those of oneDNN's own transposed convolution, which wants to be known.
    primitive_desc own =
        graph.describe(
            linear.forward(
                true, source.layout(), free(linear, weight), bias.layout(), out.layout()),
            graph.attributes(null),
            null);
    // Not the weights as they were used: swapped, they could be taken for the others wherever there
    // are as many channels before as after.
    return new Product(own, source, weight, out);
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
      left.add(new DenseGradients.Left(in, delta, weight, bias));
      return;
    }
    primitive_desc backward =
        graph.describe(
            linear.backwardWeights(
                free(linear, in),
                free(linear, weight.gradient()),
                bias.gradient().layout(),
                free(linear, delta)),
            graph.attributes(null),
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
            graph.attributes(null),
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

  /** {@code out = f(in)}; both may be the same. */
  Step activate(Eltwise activation, Tensor in, Tensor out) {
    return activations.apply(activation, in, out);
  }

  private Step binary(int algorithm, Tensor left, Tensor right, Tensor out) {
    return binary(algorithm, null, left, right, out);
  }

  /** Combines two tensors value by value, the right one repeated where its sides are 1. */
  private Step binary(
      int algorithm, @Nullable Eltwise activation, Tensor left, Tensor right, Tensor out) {
    dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
    Linear.check(
        dnnl.dnnl_binary_desc_init(
            operation,
            algorithm,
            left.layout().data(),
            right.layout().data(),
            out.layout().data()));
    return graph.run(
        graph.describe(operation, graph.attributes(activation), null),
        dnnl.DNNL_ARG_SRC_0,
        left,
        dnnl.DNNL_ARG_SRC_1,
        right,
        dnnl.DNNL_ARG_DST,
        out);
  }
}
