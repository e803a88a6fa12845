package io.github.autoencoder4j.internal.onednn;

import java.util.List;
import java.util.function.Function;
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

  private final Graph graph;
  private final boolean training;
  private final Activations activations;
  private final List<Step> steps;
  private final Products products;
  private final TransposedProducts transposed;

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
    this.products = new Products(graph, training, activations, steps, preparations);
    this.transposed =
        new TransposedProducts(graph, training, activations, products, steps, preparations);
    this.left = left;
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
    // Fused, the input of the activation is lost, which some gradients need.
    Eltwise fused =
        activation != null && (activation.fromOutput() || !training) ? activation : null;
    Product product =
        linear instanceof Linear.Convolution convolution && convolution.transposed()
            ? transposed.add(convolution, fused, weight.value(), bias.value(), in, outSides)
            : products.add(linear, fused, weight.value(), bias.value(), in, outSides);
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

  /** Describes a gradient by the algorithm that is fastest. */
  private primitive_desc gradient(
      Linear linear,
      Product product,
      Tensor weight,
      Tensor in,
      Function<Linear, Pointer> operation) {
    primitive_desc winograd =
        Winograd.describe(graph, training, linear, weight, in, operation, product.description());
    return winograd != null
        ? winograd
        : graph.descriptions().of(operation.apply(linear), product.description());
  }

  /** Adds the gradients of weights and bias. */
  private void learn(
      Linear linear, Product product, Learned weight, Learned bias, Tensor in, Tensor delta) {
    if (left != null && linear instanceof Linear.InnerProduct) {
      left.add(new DenseGradients.Left(graph.keep(in), graph.keep(delta), weight, bias));
      return;
    }
    primitive_desc backward =
        gradient(
            linear,
            product,
            weight.value(),
            in,
            used ->
                used.backwardWeights(
                    linear.layout(graph, in),
                    linear.layout(graph, weight.gradient()),
                    bias.gradient().layout(),
                    linear.layout(graph, delta)));
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
        gradient(
            linear,
            product,
            weight,
            in,
            used ->
                used.backwardData(
                    linear.layout(graph, in),
                    linear.layout(graph, weight),
                    linear.layout(graph, delta)));
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
