package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.Activation;

/** An activation that learns nothing. */
final class PlainFunction implements PlainActivation {

  private static final float LEAK = 0.01f;

  private final Activation activation;
  private final int channels;

  PlainFunction(Activation activation, int channels) {
    this.activation = activation;
    this.channels = channels;
  }

  @Override
  public void apply(float[][] rows, int length, Room room) {
    if (activation != Activation.IDENTITY) {
      for (int i = 0; i < channels; i++) {
        apply(rows[i], length);
      }
    }
  }

  @Override
  public void apply(float[] values, Room room) {
    apply(values, channels);
  }

  private void apply(float[] z, int n) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> {
        for (int i = 0; i < n; i++) {
          z[i] = Signs.positive(z[i]);
        }
      }
      case LEAKY_RELU -> {
        for (int i = 0; i < n; i++) {
          z[i] = Signs.leaky(z[i], LEAK);
        }
      }
      case ELU -> {
        for (int i = 0; i < n; i++) {
          z[i] = z[i] > 0 ? z[i] : (float) Math.expm1(z[i]);
        }
      }
      case SILU -> {
        for (int i = 0; i < n; i++) {
          z[i] *= sigmoid(z[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          // A fifth of the time of Math.tanh, and in 64 bits as good.
          z[i] = (float) (1 - 2 / (Math.exp(2.0 * z[i]) + 1));
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          z[i] = sigmoid(z[i]);
        }
      }
      case PRELU, GDN, INVERSE_GDN ->
          throw new IllegalStateException(activation + " learns, and is a class of its own");
    }
  }

  private static float sigmoid(float z) {
    return (float) (1 / (1 + Math.exp(-z)));
  }
}
