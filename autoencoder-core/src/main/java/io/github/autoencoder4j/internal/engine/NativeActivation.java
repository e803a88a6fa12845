package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Activation;
import java.nio.FloatBuffer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Applies an {@link Activation} that learns nothing in place and, in training, leaves its slope
 * behind, so that the backward pass is one product. Rectifiers and the identity need no slope: it
 * can be read off their output.
 */
final class NativeActivation {

  private static final double LEAK = 0.01;

  private NativeActivation() {}

  /** Deeplearning4j's object for the same function; the identity for activations that learn. */
  static IActivation of(Activation activation) {
    return switch (activation) {
      case IDENTITY -> new ActivationIdentity();
      case RELU -> new ActivationReLU();
      case LEAKY_RELU -> new ActivationLReLU(LEAK);
      case ELU -> new ActivationELU();
      case SILU -> new ActivationSwish();
      case TANH -> new ActivationTanH();
      case SIGMOID -> new ActivationSigmoid();
      // Layers of their own there, if anything.
      case PRELU, GDN, INVERSE_GDN -> new ActivationIdentity();
    };
  }

  /** Whether {@link #applyInPlace} must be given somewhere to leave the slope. */
  static boolean needsSlope(Activation activation) {
    return activation != Activation.IDENTITY && activation != Activation.RELU;
  }

  /** Replaces {@code z} by {@code f(z)}, as after training. */
  static void applyInPlace(Activation activation, INDArray z) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> Nd4j.getExecutioner().exec(new RectifiedLinear(z, z));
      case LEAKY_RELU -> Nd4j.getExecutioner().exec(new LeakyReLU(z, z, LEAK));
      case TANH -> Nd4j.getExecutioner().exec(new Tanh(z, z));
      case SIGMOID -> Nd4j.getExecutioner().exec(new Sigmoid(z, z));
      case ELU, SILU -> {
        try (INDArray slope = z.ulike()) {
          applyInPlace(activation, z, slope);
        }
      }
      case PRELU, GDN, INVERSE_GDN -> throw learns(activation);
    }
  }

  /** Replaces {@code z} by {@code f(z)} and {@code slope} by {@code f'(z)}; both row-major. */
  static void applyInPlace(Activation activation, INDArray z, INDArray slope) {
    switch (activation) {
      case IDENTITY, RELU -> throw new IllegalStateException(activation + " keeps no slope");
      case LEAKY_RELU -> {
        // 1 above zero, the leak below.
        Nd4j.getExecutioner().exec(new Step(z, slope, 0.0));
        slope.muli(1 - LEAK).addi(LEAK);
        applyInPlace(activation, z);
      }
      case TANH -> {
        applyInPlace(activation, z);
        z.mul(z, slope).rsubi(1.0);
      }
      case SIGMOID -> {
        applyInPlace(activation, z);
        z.rsub(1.0, slope).muli(z);
      }
      case ELU -> elu(z, slope);
      case SILU -> silu(z, slope);
      case PRELU, GDN, INVERSE_GDN -> throw learns(activation);
    }
  }

  private static IllegalStateException learns(Activation activation) {
    return new IllegalStateException(activation + " learns, and is a Nonlinearity of its own");
  }

  private static void elu(INDArray z, INDArray slope) {
    // slope = exp(min(z, 0)), and f(z) = max(z, 0) + slope - 1.
    slope.assign(Transforms.min(z, 0.0, true));
    Transforms.exp(slope, false);
    Nd4j.getExecutioner().exec(new RectifiedLinear(z, z));
    z.addi(slope).subi(1.0);
  }

  // ND4J's own derivative of swish squares exp(z) and is not a number from z = 45 on.
  private static void silu(INDArray z, INDArray slope) {
    Nd4j.getExecutioner().exec(new Sigmoid(z, slope));
    if (z.dataType() != DataType.FLOAT) {
      INDArray rest = slope.rsub(1.0).muli(z).addi(1.0);
      z.muli(slope);
      slope.muli(rest);
      return;
    }
    FloatBuffer values = Buffers.of(z);
    FloatBuffer slopes = Buffers.of(slope);
    int v0 = values.position();
    int s0 = slopes.position();
    int count = (int) z.length();
    for (int i = 0; i < count; i++) {
      float sigmoid = slopes.get(s0 + i);
      float output = values.get(v0 + i) * sigmoid;
      values.put(v0 + i, output);
      slopes.put(s0 + i, sigmoid + output * (1 - sigmoid));
    }
  }

  /**
   * Multiplies {@code gradient} by the slope in place.
   *
   * @param kept the slope, or for activations without {@link #needsSlope} the output of the layer,
   *     which is overwritten: its readers are done with it by then
   */
  static void backpropInPlace(Activation activation, INDArray kept, INDArray gradient) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> {
        // Faster than ND4J's own gradient operation, which allocates.
        Nd4j.getExecutioner().exec(new Step(kept, kept, 0.0));
        gradient.muli(kept);
      }
      default -> gradient.muli(kept);
    }
  }
}
