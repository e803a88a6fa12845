package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Activations that learn nothing; the others have {@link LearnedActivationTest}. */
class NativeActivationTest {

  private static final double[] Z = {
    -1e4, -200, -90, -45, -20, -3, -1.5, -0.3, -1e-3, 1e-3, 0.3, 1.5, 3, 20, 45, 90, 200, 1e4
  };

  private static INDArray z(DataType type) {
    return Nd4j.createFromArray(Z).castTo(type).reshape('c', 1, Z.length);
  }

  private static double value(Activation activation, double z) {
    return switch (activation) {
      case IDENTITY -> z;
      case RELU -> Math.max(0, z);
      case LEAKY_RELU -> z > 0 ? z : 0.01 * z;
      case ELU -> z > 0 ? z : Math.expm1(z);
      case SILU -> z / (1 + Math.exp(-z));
      case TANH -> Math.tanh(z);
      case SIGMOID -> 1 / (1 + Math.exp(-z));
      case PRELU, GDN, INVERSE_GDN -> throw new AssertionError(activation);
    };
  }

  private static double slope(Activation activation, double z) {
    double s = 1 / (1 + Math.exp(-z));
    return switch (activation) {
      case IDENTITY -> 1;
      case RELU -> z > 0 ? 1 : 0;
      case LEAKY_RELU -> z > 0 ? 1 : 0.01;
      case ELU -> z > 0 ? 1 : Math.exp(z);
      case SILU -> s + z * s * (1 - s);
      case TANH -> 1 - Math.tanh(z) * Math.tanh(z);
      case SIGMOID -> s * (1 - s);
      case PRELU, GDN, INVERSE_GDN -> throw new AssertionError(activation);
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = Mode.EXCLUDE,
      names = {"PRELU", "GDN", "INVERSE_GDN"})
  void isTheFunctionItsNameSays(Activation activation) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray values = z(type);
      NativeActivation.applyInPlace(activation, values);
      for (int i = 0; i < Z.length; i++) {
        double expected = value(activation, Z[i]);
        assertThat(values.getDouble(0, i))
            .as("%s(%s) in %s", activation, Z[i], type)
            .isCloseTo(expected, offset(tolerance(type) * (1 + Math.abs(expected))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = Mode.EXCLUDE,
      names = {"IDENTITY", "RELU", "PRELU", "GDN", "INVERSE_GDN"})
  void leavesTheSlopeBehind(Activation activation) {
    assertThat(NativeActivation.needsSlope(activation)).isTrue();
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray values = z(type);
      INDArray slopes = values.ulike();
      NativeActivation.applyInPlace(activation, values, slopes);
      INDArray alone = z(type);
      NativeActivation.applyInPlace(activation, alone);
      assertThat(values).isEqualTo(alone);
      for (int i = 0; i < Z.length; i++) {
        assertThat(slopes.getDouble(0, i))
            .as("slope of %s at %s in %s", activation, Z[i], type)
            .isCloseTo(slope(activation, Z[i]), offset(tolerance(type)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = Mode.EXCLUDE,
      names = {"PRELU", "GDN", "INVERSE_GDN"})
  void multipliesGradientsByTheSlope(Activation activation) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray values = z(type);
      INDArray kept = values;
      if (NativeActivation.needsSlope(activation)) {
        kept = values.ulike();
        NativeActivation.applyInPlace(activation, values, kept);
      } else {
        NativeActivation.applyInPlace(activation, values);
      }
      INDArray gradient = Nd4j.valueArrayOf(new long[] {1, Z.length}, 3.0, type);
      NativeActivation.backpropInPlace(activation, kept, gradient);
      for (int i = 0; i < Z.length; i++) {
        assertThat(gradient.getDouble(0, i))
            .isCloseTo(3 * slope(activation, Z[i]), offset(3 * tolerance(type)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = Mode.EXCLUDE,
      names = {"PRELU", "GDN", "INVERSE_GDN"})
  void isWhatDeeplearning4jUnderstandsByIt(Activation activation) {
    INDArray ours = z(DataType.DOUBLE);
    NativeActivation.applyInPlace(activation, ours);
    INDArray theirs = NativeActivation.of(activation).getActivation(z(DataType.DOUBLE), false);
    assertThat(ours.equalsWithEps(theirs, 1e-9)).isTrue();
  }

  private static double tolerance(DataType type) {
    return type == DataType.FLOAT ? 1e-6 : 1e-12;
  }
}
