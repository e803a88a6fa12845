package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradients of convolutions and latent stages against central differences, in doubles. */
class ConvGradientCheckTest {

  private static final double STEP = 1e-6;
  private static final int SAMPLES = 2;
  private static final ImageShape INPUT = new ImageShape(8, 4, 1);
  private static final ImageShape SIGNAL = new ImageShape(1, 12, 3);
  private static final ImageShape LATENT = new ImageShape(2, 1, 2);

  @ParameterizedTest
  @EnumSource(Activation.class)
  void stridedConvolutionsAndTheirTransposes(Activation activation) {
    check(strided(activation), List.of());
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"RELU", "SILU", "PRELU", "GDN", "INVERSE_GDN"})
  void subpixelConvolutionsAndResidualBlocks(Activation activation) {
    check(subpixel(activation), List.of());
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"TANH", "PRELU", "GDN"})
  void stridedConvolutionsOfSequences(Activation activation) {
    check(
        new ConvArchitecture(
            SIGNAL,
            new ImageShape(1, 2, 2),
            List.of(3, 2),
            List.of(2),
            ConvArchitecture.FITTING_KERNEL,
            activation,
            0,
            Resampling.STRIDED),
        List.of());
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SILU", "PRELU", "INVERSE_GDN"})
  void subpixelConvolutionsOfSequences(Activation activation) {
    check(
        new ConvArchitecture(
            SIGNAL,
            new ImageShape(1, 2, 2),
            List.of(3, 2),
            List.of(2, 3),
            3,
            activation,
            1,
            Resampling.SUBPIXEL),
        List.of());
  }

  @Test
  void aLargeKernelWithPaddingOnBothSides() {
    check(
        new ConvArchitecture(
            new ImageShape(6, 6, 1),
            new ImageShape(2, 2, 2),
            List.of(3),
            List.of(),
            5,
            Activation.TANH,
            0,
            Resampling.STRIDED),
        List.of());
  }

  @ParameterizedTest
  @EnumSource(PowerNormalization.Scope.class)
  void powerNormalizationAfterConvolutions(PowerNormalization.Scope scope) {
    check(strided(Activation.TANH), List.of(new PowerNormalization(scope)));
  }

  @ParameterizedTest
  @EnumSource(PowerNormalization.Scope.class)
  void powerNormalizationAfterDenseLayers(PowerNormalization.Scope scope) {
    check(dense(), List.of(new PowerNormalization(scope)));
  }

  @Test
  void noiseBetweenTwoNormalizations() {
    check(
        dense(),
        List.of(
            PowerNormalization.perExample(),
            LatentNoise.variance(0.3),
            PowerNormalization.perExample()));
  }

  @Test
  void noiseAfterNormalizationOfAConvolutionalCode() {
    check(
        subpixel(Activation.SILU),
        List.of(PowerNormalization.perExample(), LatentNoise.variance(0.1)));
  }

  private static ConvArchitecture strided(Activation activation) {
    return new ConvArchitecture(
        INPUT, LATENT, List.of(2, 2), List.of(2), 4, activation, 0, Resampling.STRIDED);
  }

  private static ConvArchitecture subpixel(Activation activation) {
    return new ConvArchitecture(
        INPUT, LATENT, List.of(2, 2), List.of(2, 3), 3, activation, 1, Resampling.SUBPIXEL);
  }

  private static DenseArchitecture dense() {
    return new DenseArchitecture(INPUT, List.of(5), 3, Activation.TANH, 0);
  }

  private static void check(Architecture architecture, List<LatentStage> stages) {
    Engine engine =
        Engine.create(
            new Spec(
                architecture,
                stages,
                Output.sigmoidSquares(),
                Penalty.NONE,
                Optional.empty(),
                Optimizer.sgd(1),
                4),
            DataType.DOUBLE);
    INDArray parameters = engine.network().params();
    // Biases and the ends of residual blocks start at zero, where a wrong gradient could hide.
    ShakenParameters.shake(engine, 0.2);
    boolean images = architecture instanceof ConvArchitecture;
    INDArray input = random("input", architecture.input(), images);
    INDArray target = random("target", architecture.input(), images);

    double[] expected = new double[(int) parameters.length()];
    for (int i = 0; i < expected.length; i++) {
      double value = parameters.getDouble(i);
      parameters.putScalar(i, value + STEP);
      double above = loss(engine, input, target);
      parameters.putScalar(i, value - STEP);
      double below = loss(engine, input, target);
      parameters.putScalar(i, value);
      expected[i] = (above - below) / (2 * STEP);
    }
    loss(engine, input, target);
    double[] actual = engine.network().gradient().gradient().toDoubleVector();
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("parameter %d of %d", i, expected.length)
          .isCloseTo(expected[i], offset(1e-8 + 1e-5 * Math.abs(expected[i])));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    // Zeros agree with zeros, and prove nothing.
    assertThat(largest).isGreaterThan(1e-3);
  }

  private static INDArray random(String name, ImageShape shape, boolean images) {
    RandomStream random = RandomStream.of(2, name);
    INDArray flat = Nd4j.create(DataType.DOUBLE, (long) SAMPLES * shape.size());
    for (long i = 0; i < flat.length(); i++) {
      flat.putScalar(i, random.nextDouble());
    }
    return flat.reshape('c', Engine.shape(shape, SAMPLES, images));
  }

  private static double loss(Engine engine, INDArray input, INDArray target) {
    MultiLayerNetwork network = engine.network();
    network.setInput(input);
    network.setLabels(target);
    network.computeGradientAndScore();
    return ((ReconstructionLayer) network.getOutputLayer()).loss();
  }
}
