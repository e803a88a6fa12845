package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.data.ImageShape;

/** A convolution or transposed convolution, and its activation. */
final class PlainConvolution implements PlainLayer {

  /** Computes all but the activation. */
  @FunctionalInterface
  private interface Linear {
    void apply(float[][] in, float[][] out, int samples, Room room);
  }

  private final Linear linear;
  private final PlainActivation activation;
  private final int plane;

  PlainConvolution(ConvLayerPlan plan, Weights weights, PlainActivation activation) {
    this.activation = activation;
    ImageShape output = plan.output();
    this.plane = output.height() * output.width();
    if (plan.transposed()) {
      linear = new TransposedKernel(plan, weights)::apply;
    } else {
      Kernel kernel =
          new Kernel(
              plan.input(),
              output.channels(),
              Kernel.taps(plan.input(), plan.axes(), plan.kernel(), plan.stride()),
              weights.all(),
              weights.offset("weight"),
              weights.copy("bias"));
      linear = (in, out, samples, room) -> kernel.apply(in, out, samples, samples * plane, room);
    }
  }

  @Override
  public void apply(float[][] in, float[][] out, int samples, Room room) {
    linear.apply(in, out, samples, room);
    activation.apply(out, samples * plane, room);
  }
}
