package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;

/** Two convolutions around a shortcut: {@code x + W2 * f(W1 * x + b1) + b2}. */
final class PlainResidual implements PlainLayer {

  private final int channels;
  private final int plane;
  private final Kernel first;
  private final Kernel second;
  private final PlainActivation activation;

  PlainResidual(ResidualBlockPlan plan, Weights weights, PlainActivation activation) {
    ImageShape shape = plan.input();
    this.channels = shape.channels();
    this.plane = shape.height() * shape.width();
    this.first = kernel(plan, weights, "weight", "bias");
    this.second = kernel(plan, weights, "weight-2", "bias-2");
    this.activation = activation;
  }

  private static Kernel kernel(ResidualBlockPlan plan, Weights weights, String name, String bias) {
    return new Kernel(
        plan.input(),
        plan.input().channels(),
        Kernel.taps(plan.input(), plan.axes(), plan.kernel(), 1),
        weights.all(),
        weights.offset(name),
        weights.copy(bias));
  }

  @Override
  public void apply(float[][] in, float[][] out, int samples, Room room) {
    int length = samples * plane;
    float[][] inner = room.rows(Room.Use.INNER, channels, length);
    first.apply(in, inner, samples, length, room);
    activation.apply(inner, length, room);
    second.apply(inner, out, samples, length, room);
    for (int i = 0; i < channels; i++) {
      RowProducts.addOne(out[i], in[i], 1, 0, length);
    }
  }
}
