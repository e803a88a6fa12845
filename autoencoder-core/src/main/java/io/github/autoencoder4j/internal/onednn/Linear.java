package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_inner_product_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** What is linear in a layer: a matrix product, a convolution, or a transposed convolution. */
sealed interface Linear {

  /** {@code out = W in + b}. */
  Pointer forward(
      boolean training, memory.desc in, memory.desc weights, memory.desc bias, memory.desc out);

  /** The gradient of the input from that of the output. */
  Pointer backwardData(memory.desc inGradient, memory.desc weights, memory.desc outGradient);

  /** The gradients of weights and bias. */
  Pointer backwardWeights(
      memory.desc in,
      memory.desc weightGradient,
      memory.desc biasGradient,
      memory.desc outGradient);

  /**
   * Whether oneDNN is faster when it chooses layouts itself. Matrix products are as fast on
   * row-major arrays, and need no copies then.
   */
  boolean freeLayouts();

  /** The layout of one of its arguments if it may choose, else that which the tensor has. */
  default memory.desc layout(Graph graph, Tensor tensor) {
    return freeLayouts() ? graph.free(tensor.sides()) : tensor.layout();
  }

  /** Fails if oneDNN refused a description. */
  static void check(int status) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN refused an operation with status " + status);
    }
  }

  private static int kind(boolean training) {
    return training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference;
  }

  /** A matrix product of rows of samples. */
  record InnerProduct() implements Linear {

    @Override
    public Pointer forward(
        boolean training, memory.desc in, memory.desc weights, memory.desc bias, memory.desc out) {
      dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
      check(
          dnnl.dnnl_inner_product_forward_desc_init(
              operation, kind(training), in.data(), weights.data(), bias.data(), out.data()));
      return operation;
    }

    @Override
    public Pointer backwardData(
        memory.desc inGradient, memory.desc weights, memory.desc outGradient) {
      dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
      check(
          dnnl.dnnl_inner_product_backward_data_desc_init(
              operation, inGradient.data(), weights.data(), outGradient.data()));
      return operation;
    }

    @Override
    public Pointer backwardWeights(
        memory.desc in,
        memory.desc weightGradient,
        memory.desc biasGradient,
        memory.desc outGradient) {
      dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
      check(
          dnnl.dnnl_inner_product_backward_weights_desc_init(
              operation,
              in.data(),
              weightGradient.data(),
              biasGradient.data(),
              outGradient.data()));
      return operation;
    }

    @Override
    public boolean freeLayouts() {
      return false;
    }
  }

  /** A convolution, or a transposed one, which oneDNN is told in the same words. */
  record Convolution(
      int strideHeight, int stride, int paddingHeight, int padding, Algorithm algorithm)
      implements Linear {

    /** How it is computed. */
    enum Algorithm {
      DIRECT(dnnl.dnnl_convolution_direct),
      TRANSPOSED(dnnl.dnnl_deconvolution_direct);

      private final int number;

      Algorithm(int number) {
        this.number = number;
      }
    }

    /** One whose sides are not changed by strides. */
    static Convolution of(int paddingHeight, int padding) {
      return new Convolution(1, 1, paddingHeight, padding, Algorithm.DIRECT);
    }

    /** That of a layer. */
    static Convolution of(ConvLayerPlan plan) {
      return new Convolution(
          plan.strideHeight(),
          plan.stride(),
          plan.paddingHeight(),
          plan.padding(),
          plan.transposed() ? Algorithm.TRANSPOSED : Algorithm.DIRECT);
    }

    /** Each of those of a residual block. */
    static Convolution of(ResidualBlockPlan plan) {
      return of((plan.kernelHeight() - 1) / 2, (plan.kernel() - 1) / 2);
    }

    /** The same by another algorithm; that of a transposed one is the gradient of the direct. */
    Convolution by(Algorithm other) {
      return new Convolution(strideHeight, stride, paddingHeight, padding, other);
    }

    /** Whether it has the same strides and paddings along both axes. */
    boolean moves(int steps, int margin) {
      return stride == steps
          && strideHeight == steps
          && padding == margin
          && paddingHeight == margin;
    }

    /** Whether it is a transposed one. */
    boolean transposed() {
      return algorithm == Algorithm.TRANSPOSED;
    }

    /** The phases of a transposed one among the rows of its output. */
    Phases phasesOfRows(long[] weights, long[] in) {
      return new Phases((int) weights[2], strideHeight, paddingHeight, (int) in[2]);
    }

    /** The phases of a transposed one among the columns of its output. */
    Phases phasesOfColumns(long[] weights, long[] in) {
      return new Phases((int) weights[3], stride, padding, (int) in[3]);
    }

    @Override
    public Pointer forward(
        boolean training, memory.desc in, memory.desc weights, memory.desc bias, memory.desc out) {
      Forward describe =
          transposed()
              ? dnnl::dnnl_deconvolution_forward_desc_init
              : dnnl::dnnl_convolution_forward_desc_init;
      dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
      check(
          describe.apply(
              operation,
              kind(training),
              algorithm.number,
              in.data(),
              weights.data(),
              bias.data(),
              out.data(),
              strides(),
              paddings(),
              paddings()));
      return operation;
    }

    @Override
    public Pointer backwardData(
        memory.desc inGradient, memory.desc weights, memory.desc outGradient) {
      BackwardData describe =
          transposed()
              ? dnnl::dnnl_deconvolution_backward_data_desc_init
              : dnnl::dnnl_convolution_backward_data_desc_init;
      dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
      check(
          describe.apply(
              operation,
              algorithm.number,
              inGradient.data(),
              weights.data(),
              outGradient.data(),
              strides(),
              paddings(),
              paddings()));
      return operation;
    }

    @Override
    public Pointer backwardWeights(
        memory.desc in,
        memory.desc weightGradient,
        memory.desc biasGradient,
        memory.desc outGradient) {
      BackwardWeights describe =
          transposed()
              ? dnnl::dnnl_deconvolution_backward_weights_desc_init
              : dnnl::dnnl_convolution_backward_weights_desc_init;
      dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
      check(
          describe.apply(
              operation,
              algorithm.number,
              in.data(),
              weightGradient.data(),
              biasGradient.data(),
              outGradient.data(),
              strides(),
              paddings(),
              paddings()));
      return operation;
    }

    @Override
    public boolean freeLayouts() {
      return true;
    }

    private long[] strides() {
      return new long[] {strideHeight, stride};
    }

    private long[] paddings() {
      return new long[] {paddingHeight, padding};
    }
  }

  /** What describes a convolution to oneDNN. */
  @FunctionalInterface
  interface Forward {
    int apply(
        dnnl_convolution_desc_t operation,
        int kind,
        int algorithm,
        dnnl_memory_desc_t in,
        dnnl_memory_desc_t weights,
        dnnl_memory_desc_t bias,
        dnnl_memory_desc_t out,
        long[] strides,
        long[] before,
        long[] after);
  }

  /** What describes the gradient of a convolution's input to oneDNN. */
  @FunctionalInterface
  interface BackwardData {
    int apply(
        dnnl_convolution_desc_t operation,
        int algorithm,
        dnnl_memory_desc_t inGradient,
        dnnl_memory_desc_t weights,
        dnnl_memory_desc_t outGradient,
        long[] strides,
        long[] before,
        long[] after);
  }

  /** What describes the gradients of a convolution's weights and bias to oneDNN. */
  @FunctionalInterface
  interface BackwardWeights {
    int apply(
        dnnl_convolution_desc_t operation,
        int algorithm,
        dnnl_memory_desc_t in,
        dnnl_memory_desc_t weightGradient,
        dnnl_memory_desc_t biasGradient,
        dnnl_memory_desc_t outGradient,
        long[] strides,
        long[] before,
        long[] after);
  }
}
