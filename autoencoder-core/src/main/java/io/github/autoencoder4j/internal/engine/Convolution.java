package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's convolution or transposed convolution and their gradients, called such that they reach
 * oneDNN where ND4J was built with it: explicit padding instead of Same mode, which makes
 * transposed ones fifteen times slower, and weights as {@code [out, in, kernel, kernel]}, for
 * transposed ones {@code [in, out, kernel, kernel]}.
 */
final class Convolution {

  private static final int EXPLICIT_PADDING = 0;
  private static final int CHANNELS_FIRST = 0;
  private static final int WEIGHTS_OUT_IN_KERNEL = 1;

  private final String operation;
  private final int[] arguments;

  private Convolution(String operation, int kernel, int stride, int padding) {
    this.operation = operation;
    this.arguments =
        new int[] {
          kernel,
          kernel,
          stride,
          stride,
          padding,
          padding,
          1,
          1,
          EXPLICIT_PADDING,
          CHANNELS_FIRST,
          WEIGHTS_OUT_IN_KERNEL
        };
  }

  static Convolution of(ConvLayerPlan plan) {
    return new Convolution(
        plan.transposed() ? "deconv2d" : "conv2d", plan.kernel(), plan.stride(), plan.padding());
  }

  /** Stride 1, with the padding that keeps the sides. */
  static Convolution same(int kernel) {
    return new Convolution("conv2d", kernel, 1, (kernel - 1) / 2);
  }

  /** {@code out = W * in + b}; all arrays row-major. */
  void forward(INDArray in, INDArray weights, INDArray bias, INDArray out) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(in, weights, bias)
            .addOutputs(out)
            .addIntegerArguments(arguments)
            .build());
  }

  /** Fills the three gradients from that of the output. */
  void backward(
      INDArray in,
      INDArray weights,
      INDArray bias,
      INDArray outGradient,
      INDArray inGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation + "_bp")
            .addInputs(in, weights, bias, outGradient)
            .addOutputs(inGradient, weightGradient, biasGradient)
            .addIntegerArguments(arguments)
            .build());
  }
}
