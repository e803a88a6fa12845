package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.Activation;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/**
 * An activation as oneDNN knows it.
 *
 * @param forward the algorithm
 * @param backward the algorithm of the gradient
 * @param alpha its parameter
 * @param fromOutput whether the gradient is computed from the output instead of the input, so that
 *     the input need not be kept
 */
record Eltwise(int forward, int backward, float alpha, boolean fromOutput) {

  private static final float LEAK = 0.01f;

  /** Null for the identity, and for what is more than one function of each value. */
  static @Nullable Eltwise of(Activation activation) {
    return switch (activation) {
      case IDENTITY, PRELU, GDN, INVERSE_GDN -> null;
      case RELU -> fromOutput(dnnl.dnnl_eltwise_relu, dnnl.dnnl_eltwise_relu_use_dst_for_bwd, 0);
      case LEAKY_RELU ->
          fromOutput(dnnl.dnnl_eltwise_relu, dnnl.dnnl_eltwise_relu_use_dst_for_bwd, LEAK);
      case ELU -> fromOutput(dnnl.dnnl_eltwise_elu, dnnl.dnnl_eltwise_elu_use_dst_for_bwd, 1);
      case TANH -> fromOutput(dnnl.dnnl_eltwise_tanh, dnnl.dnnl_eltwise_tanh_use_dst_for_bwd, 0);
      case SIGMOID -> LOGISTIC;
      case SILU -> new Eltwise(dnnl.dnnl_eltwise_swish, dnnl.dnnl_eltwise_swish, 1, false);
    };
  }

  static final Eltwise LOGISTIC =
      fromOutput(dnnl.dnnl_eltwise_logistic, dnnl.dnnl_eltwise_logistic_use_dst_for_bwd, 0);

  static final Eltwise ROOT =
      fromOutput(dnnl.dnnl_eltwise_sqrt, dnnl.dnnl_eltwise_sqrt_use_dst_for_bwd, 0);

  private static Eltwise fromOutput(int forward, int backward, float alpha) {
    return new Eltwise(forward, backward, alpha, true);
  }
}
