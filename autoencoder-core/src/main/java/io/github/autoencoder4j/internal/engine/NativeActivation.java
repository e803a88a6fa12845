package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/** Applies an {@link Activation} and its derivative with ND4J's operations. */
final class NativeActivation {

  private static final double LEAK = 0.01;

  private NativeActivation() {}

  /** Deeplearning4j's object for the same function. */
  static IActivation of(Activation activation) {
    return switch (activation) {
      case IDENTITY -> new ActivationIdentity();
      case RELU -> new ActivationReLU();
      case LEAKY_RELU -> new ActivationLReLU(LEAK);
      case ELU -> new ActivationELU();
      case SILU -> new ActivationSwish();
      case TANH -> new ActivationTanH();
      case SIGMOID -> new ActivationSigmoid();
    };
  }

  /** Whether the derivative can be told from the output alone, so that the input need not be kept. */
  static boolean derivativeFromOutput(Activation activation) {
    return activation == Activation.IDENTITY || activation == Activation.RELU;
  }

  /** Replaces {@code z} by {@code f(z)}. */
  static void applyInPlace(Activation activation, INDArray z) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> Nd4j.getExecutioner().exec(new RectifiedLinear(z, z));
      default -> {
        INDArray result = of(activation).getActivation(z, false);
        if (result != z) {
          z.assign(result);
        }
      }
    }
  }

  /**
   * Multiplies {@code gradient} by {@code f'} in place. For activations with {@link
   * #derivativeFromOutput}, {@code kept} is the output of the layer and is overwritten: its readers
   * are done with it by then.
   */
  static void backpropInPlace(Activation activation, INDArray kept, INDArray gradient) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> {
        // Faster than ND4J's own gradient operation, which allocates.
        Nd4j.getExecutioner().exec(new Step(kept, kept, 0.0));
        gradient.muli(kept);
      }
      default -> {
        INDArray result = of(activation).backprop(kept, gradient).getFirst();
        if (result != gradient) {
          gradient.assign(result);
        }
      }
    }
  }
}
