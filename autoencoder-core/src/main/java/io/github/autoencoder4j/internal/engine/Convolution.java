package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * ND4J's convolution or transposed convolution and their gradients, called such that they reach
 * oneDNN where ND4J was built with it: explicit padding instead of Same mode, which makes
 * transposed ones fifteen times slower, and weights as {@code [out, in, height, width]}, for
 * transposed ones {@code [in, out, height, width]}.
 */
final class Convolution {

  private static final int EXPLICIT_PADDING = 0;
  private static final int CHANNELS_FIRST = 0;
  private static final int WEIGHTS_OUT_IN_KERNEL = 1;

  /** What ND4J may write out of the kernels' views of an image at a time: 16 MiB. */
  private static final long MOST_VIEWED = 1L << 22;

  private static final String TRANSPOSED = "deconv2d";

  private final String operation;
  private final Axis rows;
  private final Axis columns;

  /** What happens along one axis. */
  private record Axis(int kernel, int stride, int padding) {

    /** With the padding that makes sides change by exactly the stride. */
    static Axis of(int kernel, int stride) {
      return new Axis(kernel, stride, (kernel - stride) / 2);
    }
  }

  private Convolution(String operation, Axis rows, Axis columns) {
    this.operation = operation;
    this.rows = rows;
    this.columns = columns;
  }

  private int[] arguments(int paddingOfRows) {
    return new int[] {
      rows.kernel(),
      columns.kernel(),
      rows.stride(),
      columns.stride(),
      paddingOfRows,
      columns.padding(),
      1,
      1,
      EXPLICIT_PADDING,
      CHANNELS_FIRST,
      WEIGHTS_OUT_IN_KERNEL
    };
  }

  static Convolution of(ConvLayerPlan plan) {
    return new Convolution(
        plan.transposed() ? TRANSPOSED : "conv2d",
        Axis.of(plan.kernelHeight(), plan.strideHeight()),
        Axis.of(plan.kernel(), plan.stride()));
  }

  /** Of channels alone: each place sees itself. */
  static Convolution pointwise() {
    return new Convolution("conv2d", Axis.of(1, 1), Axis.of(1, 1));
  }

  /** One of a block: stride 1, with the padding that keeps the sides. */
  static Convolution of(ResidualBlockPlan plan) {
    return new Convolution("conv2d", Axis.of(plan.kernelHeight(), 1), Axis.of(plan.kernel(), 1));
  }

  /** {@code out = W * in + b}; all arrays row-major. */
  void forward(INDArray in, INDArray weights, INDArray bias, INDArray out) {
    forward(in, weights, bias, out, rows.padding());
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
    long viewedByRow = in.size(0) * in.size(1) * rows.kernel() * columns.kernel() * out.size(3);
    int count = (int) Math.max(1, Math.min(height, most / viewedByRow));
    if (operation.equals(TRANSPOSED)) {
      forward(in, weights, bias, out);
    } else if (viewedByRow > most && height == 1 && rows.kernel() == 1 && out.size(3) > 1) {
      // One long row is cut as a column is.
      new Convolution(operation, /* rows= */ columns, /* columns= */ rows)
          .infer(turned(in), turned(weights), bias, turned(out), most);
    } else if (count == height) {
      forward(in, weights, bias, out);
    } else {
      for (int first = 0; first < height; first += count) {
        inferRows(in, weights, bias, out, first, Math.min(height, first + count));
      }
    }
  }

  /** The same memory with rows for columns, of which there is one. */
  private static INDArray turned(INDArray array) {
    return array.reshape('c', true, array.size(0), array.size(1), array.size(3), array.size(2));
  }

  private void inferRows(
      INDArray in, INDArray weights, INDArray bias, INDArray out, int first, int end) {
    int from = first * rows.stride() - rows.padding();
    int to = (end - 1) * rows.stride() - rows.padding() + rows.kernel();
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
            .addIntegerArguments(arguments(rows.padding()))
            .build());
  }
}
