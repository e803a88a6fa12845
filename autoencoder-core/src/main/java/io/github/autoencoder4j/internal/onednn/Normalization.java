package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.PositiveParameter;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Adds the steps of generalised divisive normalisation, {@code y = x / r} with {@code r_i =
 * sqrt(beta_i + sum_j gamma_ij x_j^2)}, and of its inverse, {@code y = x r}. The sum is a
 * convolution of the squares with kernels of one pixel, or a product of matrices.
 */
final class Normalization {

  private final Graph graph;
  private final LinearSteps products;
  private final List<Step> steps;
  private final List<Step> preparations;

  /**
   * Starts.
   *
   * @param products adds the sums, with gradients of its own
   */
  Normalization(Pass pass, LinearSteps products) {
    this.products = products;
    graph = pass.graph();
    steps = pass.steps();
    preparations = pass.preparations();
  }

  /**
   * Adds the forward pass.
   *
   * @param inverse whether it multiplies by the root instead of dividing
   * @param beta as it is stored, one a channel
   * @param gamma as it is stored, {@code [channels, channels]}, or with two sides of 1 more
   */
  Reversible add(boolean inverse, Learned beta, Learned gamma, Tensor x) {
    Linear sum = x.sides().length == 4 ? Linear.Convolution.of(0, 0) : new Linear.InnerProduct();
    Learned shift = positive(beta, PositiveParameter.LEAST_BETA);
    Learned weight = positive(gamma, 0);
    Tensor squares = graph.like(x);
    steps.add(graph.binary(dnnl.dnnl_binary_mul, x, x, squares));
    Reversible sums = products.add(sum, Eltwise.ROOT, weight, shift, squares, x.sides());
    Tensor root = graph.in(x.layout(), sums.out(), steps);
    Tensor out = graph.like(x);
    int multiplyOrDivide = inverse ? dnnl.dnnl_binary_mul : dnnl.dnnl_binary_div;
    steps.add(graph.binary(multiplyOrDivide, x, root, out));
    return new Reversible(
        out,
        (gradient, wanted) -> {
          Tensor outGradient = graph.in(x.layout(), gradient, steps);
          Tensor inGradient = graph.like(x);
          steps.add(graph.binary(multiplyOrDivide, outGradient, root, inGradient));
          // dy/dr is x for the inverse, else -x / r^2 = -(1 / r) y; the sign waits.
          Tensor rootGradient = graph.like(x);
          steps.add(
              inverse
                  ? graph.binary(dnnl.dnnl_binary_mul, outGradient, x, rootGradient)
                  : graph.binary(dnnl.dnnl_binary_mul, inGradient, out, rootGradient));
          Tensor squaresGradient =
              graph.in(x.layout(), sums.reverse().build(rootGradient, wanted), steps);
          float sign = inverse ? 1 : -1;
          steps.add(chain(beta, shift, PositiveParameter.LEAST_BETA, sign));
          steps.add(chain(gamma, weight, 0, sign));
          if (wanted) {
            // Of x^2 it is 2 x.
            Tensor half = graph.like(x);
            steps.add(graph.binary(dnnl.dnnl_binary_mul, squaresGradient, x, half));
            int addOrSubtract = inverse ? dnnl.dnnl_binary_add : dnnl.dnnl_binary_sub;
            steps.add(graph.binary(addOrSubtract, inGradient, half, inGradient));
            steps.add(graph.binary(addOrSubtract, inGradient, half, inGradient));
          }
          return inGradient;
        });
  }

  /** The values that stored ones count as, and room for their gradient. */
  private Learned positive(Learned stored, double least) {
    Tensor value = graph.keep(graph.like(stored.value()));
    FloatBuffer from = stored.value().buffer();
    FloatBuffer to = value.buffer();
    float[] values = new float[from.capacity()];
    float bound = (float) PositiveParameter.stored(least);
    float pedestal = (float) PositiveParameter.PEDESTAL;
    preparations.add(
        iteration -> {
          from.get(0, values);
          for (int i = 0; i < values.length; i++) {
            float bounded = Math.max(values[i], bound);
            values[i] = bounded * bounded - pedestal;
          }
          to.put(0, values);
        });
    return new Learned(value, graph.keep(graph.like(value)), stored.start());
  }

  /**
   * Turns a gradient of values into that of what is stored. Below the least value, only one that
   * would raise it passes, so that none is stuck there.
   */
  private static Step chain(Learned stored, Learned positive, double least, float sign) {
    FloatBuffer values = stored.value().buffer();
    FloatBuffer from = positive.gradient().buffer();
    FloatBuffer to = stored.gradient().buffer();
    float[] value = new float[values.capacity()];
    float[] slope = new float[values.capacity()];
    float bound = (float) PositiveParameter.stored(least);
    float factor = sign * 2;
    return iteration -> {
      values.get(0, value);
      from.get(0, slope);
      for (int i = 0; i < slope.length; i++) {
        float raised = slope[i] * factor * Math.max(value[i], bound);
        slope[i] = value[i] >= bound ? raised : Math.min(raised, 0);
      }
      to.put(0, slope);
    };
  }
}
