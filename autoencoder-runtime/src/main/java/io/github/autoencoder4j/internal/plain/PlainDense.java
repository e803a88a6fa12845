package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.DenseLayerPlan;
import java.util.Arrays;

/** A fully connected layer: {@code f(W x + b)}. */
final class PlainDense implements PlainLayer {

  private final int in;
  private final int out;
  private final float[] all;
  private final int weight;
  private final float[] bias;
  private final VectorProduct product;
  private final PlainActivation activation;

  PlainDense(DenseLayerPlan plan, Weights weights, PlainActivation activation) {
    this.in = plan.input().size();
    this.out = plan.output().size();
    this.all = weights.all();
    this.weight = weights.offset("weight");
    this.bias = weights.copy("bias");
    this.product = new VectorProduct(all, weight, out, in);
    this.activation = activation;
  }

  int inputs() {
    return in;
  }

  int outputs() {
    return out;
  }

  @Override
  public void apply(float[][] input, float[][] output, int samples, Room room) {
    for (int i = 0; i < out; i++) {
      Arrays.fill(output[i], 0, samples, bias[i]);
    }
    RowProducts.add(output, out, input, in, all, weight, in, 1, samples);
    activation.apply(output, samples, room);
  }

  /** Computes the layer for one sample, whose values lie side by side. */
  void apply(float[] input, float[] output, Room room) {
    System.arraycopy(bias, 0, output, 0, out);
    product.add(input, output);
    activation.apply(output, room);
  }
}
