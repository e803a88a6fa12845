package io.github.autoencoder4j.internal.onednn;

import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_inner_product_desc_t;
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

  /** A convolution. */
  record Convolution(int stride, int padding) implements Linear {

    private long[] strides() {
      return new long[] {stride, stride};
    }

    private long[] paddings() {
      return new long[] {padding, padding};
    }

    @Override
    public Pointer forward(
        boolean training, memory.desc in, memory.desc weights, memory.desc bias, memory.desc out) {
      dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
      check(
          dnnl.dnnl_convolution_forward_desc_init(
              operation,
              kind(training),
              dnnl.dnnl_convolution_direct,
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
      dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
      check(
          dnnl.dnnl_convolution_backward_data_desc_init(
              operation,
              dnnl.dnnl_convolution_direct,
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
      dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
      check(
          dnnl.dnnl_convolution_backward_weights_desc_init(
              operation,
              dnnl.dnnl_convolution_direct,
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
  }

  /** A transposed convolution. */
  record Transposed(int stride, int padding) implements Linear {

    private long[] strides() {
      return new long[] {stride, stride};
    }

    private long[] paddings() {
      return new long[] {padding, padding};
    }

    /** The convolution whose gradient it is. */
    Convolution convolution() {
      return new Convolution(stride, padding);
    }

    @Override
    public Pointer forward(
        boolean training, memory.desc in, memory.desc weights, memory.desc bias, memory.desc out) {
      dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
      check(
          dnnl.dnnl_deconvolution_forward_desc_init(
              operation,
              kind(training),
              dnnl.dnnl_deconvolution_direct,
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
      dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
      check(
          dnnl.dnnl_deconvolution_backward_data_desc_init(
              operation,
              dnnl.dnnl_deconvolution_direct,
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
      dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
      check(
          dnnl.dnnl_deconvolution_backward_weights_desc_init(
              operation,
              dnnl.dnnl_deconvolution_direct,
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
  }
}
