package io.github.autoencoder4j.internal.onednn;

import java.util.List;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;
import org.bytedeco.dnnl.dnnl_prelu_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc;

/** Makes the steps of activations that stand alone, and of all in the backward pass. */
final class Activations {

  private final Graph graph;
  private final int kind;

  Activations(Graph graph, boolean training) {
    this.graph = graph;
    this.kind = training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference;
  }

  /** {@code out = f(in)}; both may be the same. */
  Step apply(Eltwise activation, Tensor in, Tensor out) {
    return graph.run(forward(activation, in), dnnl.DNNL_ARG_SRC, in, dnnl.DNNL_ARG_DST, out);
  }

  private primitive_desc forward(Eltwise activation, Tensor in) {
    dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
    boolean training = kind == dnnl.dnnl_forward_training;
    Linear.check(
        dnnl.dnnl_eltwise_forward_desc_init(
            operation,
            kind,
            training ? activation.backward() : activation.forward(),
            in.layout().data(),
            activation.alpha(),
            0));
    return graph.descriptions().of(operation);
  }

  /**
   * Multiplies a gradient by the slope in place.
   *
   * @param kept the output or the input of the activation, as it wants it
   */
  Step back(Eltwise activation, Tensor kept, Tensor gradient) {
    dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
    Linear.check(
        dnnl.dnnl_eltwise_backward_desc_init(
            operation,
            activation.backward(),
            gradient.layout().data(),
            kept.layout().data(),
            activation.alpha(),
            0));
    return graph.run(
        graph.descriptions().of(operation, forward(activation, kept)),
        activation.fromOutput() ? dnnl.DNNL_ARG_DST : dnnl.DNNL_ARG_SRC,
        kept,
        dnnl.DNNL_ARG_DIFF_DST,
        gradient,
        dnnl.DNNL_ARG_DIFF_SRC,
        gradient);
  }

  /**
   * Applies a rectifier whose slope below zero each channel has learned. Neither way is in place:
   * where slopes are as many as values, oneDNN 2.5.2 computes those at the end that do not fill a
   * vector twice.
   *
   * @param slopes one a channel
   * @param preparations receives what has to be done only when slopes have changed
   */
  Reversible rectify(Learned slopes, Tensor in, List<Step> preparations, List<Step> steps) {
    Tensor out = graph.like(in);
    dnnl_prelu_desc_t operation = new dnnl_prelu_desc_t();
    long[] perChannel = perChannel(in);
    Linear.check(
        dnnl.dnnl_prelu_forward_desc_init(
            operation, kind, in.layout().data(), graph.free(perChannel).data()));
    primitive_desc forward = graph.descriptions().of(operation);
    Tensor laidOut =
        graph.in(
            graph.layout(forward, dnnl.DNNL_ARG_WEIGHTS),
            graph.view(slopes.value(), graph.plain(perChannel), perChannel),
            preparations);
    steps.add(
        graph.run(
            forward,
            dnnl.DNNL_ARG_SRC,
            in,
            dnnl.DNNL_ARG_WEIGHTS,
            laidOut,
            dnnl.DNNL_ARG_DST,
            out));
    return new Reversible(
        out,
        (gradient, wanted) ->
            back(
                new Rectifier(forward, in, laidOut),
                slopes.gradient(),
                graph.in(in.layout(), gradient, steps),
                steps));
  }

  /** What a learned rectifier's forward pass leaves behind. */
  private record Rectifier(primitive_desc forward, Tensor in, Tensor slopes) {}

  /**
   * Multiplies a gradient by the slope, and computes that of the slopes.
   *
   * @param slopeGradient one a channel
   * @param gradient in the layout of the rectifier's input
   * @return the gradient of that input
   */
  private Tensor back(
      Rectifier rectifier, Tensor slopeGradient, Tensor gradient, List<Step> steps) {
    Tensor inputGradient = graph.like(gradient);
    dnnl_prelu_desc_t operation = new dnnl_prelu_desc_t();
    long[] perChannel = perChannel(gradient);
    memory.desc slopes = rectifier.slopes().layout();
    Linear.check(
        dnnl.dnnl_prelu_backward_desc_init(
            operation,
            rectifier.in().layout().data(),
            slopes.data(),
            gradient.layout().data(),
            slopes.data()));
    primitive_desc backward = graph.descriptions().of(operation, rectifier.forward());
    Tensor wanted = graph.view(slopeGradient, graph.plain(perChannel), perChannel);
    boolean direct = slopes.equals(wanted.layout());
    Tensor computed = direct ? wanted : graph.tensor(slopes, perChannel);
    steps.add(
        graph.run(
            backward,
            dnnl.DNNL_ARG_SRC,
            rectifier.in(),
            dnnl.DNNL_ARG_WEIGHTS,
            rectifier.slopes(),
            dnnl.DNNL_ARG_DIFF_DST,
            gradient,
            dnnl.DNNL_ARG_DIFF_SRC,
            inputGradient,
            dnnl.DNNL_ARG_DIFF_WEIGHTS,
            computed));
    if (!direct) {
      steps.add(graph.copy(computed, wanted));
    }
    return inputGradient;
  }

  private static long[] perChannel(Tensor tensor) {
    long[] sides = tensor.sides();
    for (int i = 0; i < sides.length; i++) {
      sides[i] = i == 1 ? sides[1] : 1;
    }
    return sides;
  }
}
