package io.github.autoencoder4j.internal.onednn;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;
import org.jspecify.annotations.Nullable;

/**
 * Adds the steps of products with weights, convolutions and inner products, each with its bias and
 * its activation, and says how to add those of their gradients.
 */
final class LinearSteps {

  private final Graph graph;
  private final boolean training;
  private final Activations activations;
  private final List<Step> steps;
  private final Products products;
  private final TransposedProducts transposed;
  private final @Nullable TiledProducts tiled;

  /** What dense layers leave to {@link DenseGradients}; null if they compute theirs themselves. */
  private final @Nullable List<DenseGradients.Left> left;

  LinearSteps(Pass pass, @Nullable List<DenseGradients.Left> left) {
    this.left = left;
    graph = pass.graph();
    training = pass.training();
    activations = pass.activations();
    steps = pass.steps();
    products = new Products(pass);
    transposed = new TransposedProducts(pass, products);
    tiled = pass.workers() == null ? null : new TiledProducts(pass, pass.workers());
  }

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
    // In place, the input of the activation is lost, which some gradients need.
    boolean apart = activation != null && training && !activation.fromOutput();
    Eltwise inPlace = apart ? null : activation;
    Filter filter =
        tiled == null
            ? null
            : Winograd.pays(linear, training, weight.value().sides(), in.sides(), outSides);
    Reversible sums =
        tiled != null && filter != null
            ? then(inPlace, tiled.add(filter, transposed(linear), weight, bias, in, outSides))
            : direct(linear, inPlace, weight, bias, in, outSides);
    if (activation == null) {
      return sums;
    }
    Tensor out = apart ? graph.like(sums.out()) : sums.out();
    if (apart) {
      steps.add(activations.apply(activation, sums.out(), out));
    }
    Tensor kept = activation.fromOutput() ? out : sums.out();
    return new Reversible(
        out,
        (gradient, wanted) -> {
          Tensor delta = graph.in(kept.layout(), gradient, steps);
          steps.add(activations.back(activation, kept, delta));
          return sums.reverse().build(delta, wanted);
        });
  }

  private static boolean transposed(Linear linear) {
    return linear instanceof Linear.Convolution convolution && convolution.transposed();
  }

  /** Applies an activation, if any, in place. */
  private Reversible then(@Nullable Eltwise activation, Reversible sums) {
    if (activation != null) {
      steps.add(activations.apply(activation, sums.out(), sums.out()));
    }
    return sums;
  }

  /** Adds the sums, and an activation if it is to be fused with them. */
  private Reversible direct(
      Linear linear,
      @Nullable Eltwise fused,
      Learned weight,
      Learned bias,
      Tensor in,
      long... outSides) {
    Product product =
        linear instanceof Linear.Convolution convolution && convolution.transposed()
            ? transposed.add(convolution, fused, weight.value(), bias.value(), in, outSides)
            : products.add(linear, fused, weight.value(), bias.value(), in, outSides);
    return new Reversible(
        product.out(),
        (gradient, wanted) -> {
          learn(linear, product, weight, bias, in, gradient);
          return wanted ? inputGradient(linear, product, weight.value(), in, gradient) : gradient;
        });
  }

  /** Adds the gradients of weights and bias. */
  private void learn(
      Linear linear, Product product, Learned weight, Learned bias, Tensor in, Tensor delta) {
    if (left != null && linear instanceof Linear.InnerProduct) {
      left.add(new DenseGradients.Left(graph.keep(in), graph.keep(delta), weight, bias));
      return;
    }
    primitive_desc backward =
        graph
            .descriptions()
            .of(
                linear.backwardWeights(
                    linear.layout(graph, in),
                    linear.layout(graph, weight.gradient()),
                    bias.gradient().layout(),
                    linear.layout(graph, delta)),
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
        graph
            .descriptions()
            .of(
                linear.backwardData(
                    linear.layout(graph, in),
                    linear.layout(graph, weight),
                    linear.layout(graph, delta)),
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
