package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

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

  /** What ND4J may write out of the kernels' views of an image at a time: 16 MiB. */
  private static final long MOST_VIEWED = 1L << 22;

  private static final String TRANSPOSED = "deconv2d";

  private final String operation;
  private final int kernel;
  private final int stride;
  private final int padding;

  private Convolution(String operation, int kernel, int stride, int padding) {
    this.operation = operation;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
  }

  private int[] arguments(int paddingOfRows) {
    return new int[] {
      kernel,
      kernel,
      stride,
      stride,
      paddingOfRows,
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
        plan.transposed() ? TRANSPOSED : "conv2d", plan.kernel(), plan.stride(), plan.padding());
  }

  /** Stride 1, with the padding that keeps the sides. */
  static Convolution same(int kernel) {
    return new Convolution("conv2d", kernel, 1, (kernel - 1) / 2);
  }

  /** {@code out = W * in + b}; all arrays row-major. */
  void forward(INDArray in, INDArray weights, INDArray bias, INDArray out) {
    forward(in, weights, bias, out, padding);
  }

  private void forward(
      INDArray in, INDArray weights, INDArray bias, INDArray out, int paddingOfRows) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(in, weights, bias)
            .addOutputs(out)
            .addIntegerArguments(arguments(paddingOfRows))
            .build());
  }

  /**
   * Like {@link #forward}, a few rows of the output at a time if it would take much memory
   * otherwise: without oneDNN, ND4J writes out what each position of the kernel sees, and a large
   * kernel sees each pixel thousands of times.
   */
  void infer(INDArray in, INDArray weights, INDArray bias, INDArray out) {
    infer(in, weights, bias, out, MOST_VIEWED);
  }

  void infer(INDArray in, INDArray weights, INDArray bias, INDArray out, long most) {
    int height = (int) out.size(2);
    long viewedByRow = in.size(0) * in.size(1) * kernel * kernel * out.size(3);
    int rows = (int) Math.max(1, Math.min(height, most / viewedByRow));
    if (operation.equals(TRANSPOSED) || rows == height) {
      forward(in, weights, bias, out);
      return;
    }
    for (int first = 0; first < height; first += rows) {
      inferRows(in, weights, bias, out, first, Math.min(height, first + rows));
    }
  }

  private void inferRows(
      INDArray in, INDArray weights, INDArray bias, INDArray out, int first, int end) {
    int from = first * stride - padding;
    int to = (end - 1) * stride - padding + kernel;
    int top = Math.max(0, from);
    int bottom = (int) Math.min(in.size(2), to);
    // Rows beyond the image are zero.
    try (INDArray seen =
            Nd4j.create(in.dataType(), in.size(0), in.size(1), (long) to - from, in.size(3));
        INDArray result =
            Nd4j.createUninitialized(
                out.dataType(),
                new long[] {out.size(0), out.size(1), (long) end - first, out.size(3)},
                'c')) {
      if (top < bottom) {
        rows(seen, top - from, bottom - from).assign(rows(in, top, bottom));
      }
      forward(seen, weights, bias, result, 0);
      rows(out, first, end).assign(result);
    }
  }

  /** A view of some rows of images. */
  static INDArray rows(INDArray images, int from, int to) {
    return images.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(from, to),
        NDArrayIndex.all());
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
            .addIntegerArguments(arguments(padding))
            .build());
  }
}
