package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every gradient against central differences, in doubles. */
class GradientCheckTest {

  private static final int SAMPLES = 3;
  private static final int LENGTH = 4;
  private static final double STEP = 1e-6;

  private final INDArray input = random("input");
  private final INDArray target = random("target");

  private static INDArray random(String name) {
    RandomStream random = RandomStream.of(2, name);
    INDArray array = Nd4j.create(DataType.DOUBLE, new long[] {SAMPLES, LENGTH}, 'c');
    for (int i = 0; i < SAMPLES; i++) {
      for (int j = 0; j < LENGTH; j++) {
        array.putScalar(i, j, random.nextDouble());
      }
    }
    return array;
  }

  static Stream<Arguments> activationsAndLosses() {
    return Stream.of(Activation.values())
        .flatMap(a -> Stream.of(Loss.values()).map(loss -> Arguments.of(a, loss)));
  }

  /** Activations without a slope, with one, and with parameters. */
  static Stream<Arguments> someActivationsAndLosses() {
    return Stream.of(Activation.RELU, Activation.SILU, Activation.PRELU, Activation.GDN)
        .flatMap(a -> Stream.of(Loss.values()).map(loss -> Arguments.of(a, loss)));
  }

  private static Engine engine(
      Activation activation, Loss loss, Penalty penalty, double dropout, int... hidden) {
    List<Integer> sizes = new ArrayList<>();
    for (int size : hidden) {
      sizes.add(size);
    }
    Engine engine =
        Engine.create(
            new Spec(
                new DenseArchitecture(ImageShape.grey(2, 2), sizes, 2, activation, dropout),
                List.of(),
                loss.output(),
                penalty,
                Optional.empty(),
                Optimizer.sgd(1),
                4),
            DataType.DOUBLE);
    // Biases start at zero, where a wrong gradient could hide.
    ShakenParameters.shake(engine, 0.3);
    return engine;
  }

  private double score(Engine engine, boolean withPenalty) {
    MultiLayerNetwork network = engine.network();
    network.setInput(input);
    network.setLabels(target);
    network.computeGradientAndScore();
    return withPenalty ? network.score() : ((ReconstructionLayer) network.getOutputLayer()).loss();
  }

  private double[] differences(Engine engine, boolean withPenalty) {
    INDArray parameters = engine.network().params();
    double[] slopes = new double[(int) parameters.length()];
    for (int i = 0; i < slopes.length; i++) {
      double value = parameters.getDouble(i);
      parameters.putScalar(i, value + STEP);
      double above = score(engine, withPenalty);
      parameters.putScalar(i, value - STEP);
      double below = score(engine, withPenalty);
      parameters.putScalar(i, value);
      slopes[i] = (above - below) / (2 * STEP);
    }
    return slopes;
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("parameter %d", i)
          .isCloseTo(expected[i], offset(1e-8 + 1e-5 * Math.abs(expected[i])));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    // Zeros agree with zeros, and prove nothing.
    assertThat(largest).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @MethodSource("activationsAndLosses")
  void theGradientIsThatOfTheLoss(Activation activation, Loss loss) {
    Engine engine = engine(activation, loss, Penalty.NONE, 0, 4, 3);
    double[] expected = differences(engine, false);
    score(engine, false);
    assertClose(engine.network().gradient().gradient().toDoubleVector(), expected);
  }

  @ParameterizedTest
  @MethodSource("someActivationsAndLosses")
  void theGradientHoldsUnderADropoutMask(Activation activation, Loss loss) {
    Engine engine = engine(activation, loss, Penalty.NONE, 0.4, 5);
    double[] expected = differences(engine, false);
    score(engine, false);
    double[] gradient = engine.network().gradient().gradient().toDoubleVector();
    assertClose(gradient, expected);
    assertThat(gradient).contains(0.0);
  }

  @Test
  void dropoutMasksChangeFromStepToStepOnly() {
    Engine engine = engine(Activation.TANH, Loss.MEAN_SQUARED_ERROR, Penalty.NONE, 0.4, 7, 6);
    double first = score(engine, false);
    assertThat(score(engine, false)).isEqualTo(first);
    engine.network().setIterationCount(1);
    assertThat(score(engine, false)).isNotEqualTo(first);
    engine.network().setIterationCount(0);
    assertThat(score(engine, false)).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("someActivationsAndLosses")
  void aStepFollowsTheGradientOfLossPlusPenalty(Activation activation, Loss loss) {
    Engine engine = engine(activation, loss, new Penalty(0.02, 0.03), 0, 4);
    double[] expected = differences(engine, true);
    double[] before = engine.network().params().toDoubleVector();
    double reported = engine.step(input, target, Double.POSITIVE_INFINITY).reconstruction();
    double[] after = engine.network().params().toDoubleVector();
    double[] step = new double[before.length];
    for (int i = 0; i < step.length; i++) {
      step[i] = before[i] - after[i];
    }
    assertClose(step, expected);

    // And what a step reports is the loss alone.
    engine.network().params().assign(Nd4j.createFromArray(before));
    assertThat(score(engine, true) - reported).isCloseTo(engine.store().penalty(), offset(1e-12));
  }

  @Test
  void thePenaltyIsTheSumOverWeightsAndNoBiases() {
    double l1 = 0.02;
    double l2 = 0.03;
    Engine engine = engine(Activation.TANH, Loss.MEAN_SQUARED_ERROR, new Penalty(l1, l2), 0, 5, 4);
    double[] values = engine.network().params().toDoubleVector();
    List<LayerPlan> plans = new ArrayList<>(engine.spec().architecture().encoder());
    plans.addAll(engine.spec().architecture().decoder());
    double expected = 0;
    int offset = 0;
    for (LayerPlan plan : plans) {
      int weights = plan.input().size() * plan.output().size();
      for (int i = offset; i < offset + weights; i++) {
        expected += l1 * Math.abs(values[i]) + l2 * values[i] * values[i];
      }
      offset += (int) plan.parameters();
    }
    assertThat(engine.store().penalty()).isCloseTo(expected, offset(1e-12));
    assertThat(offset).isEqualTo(values.length);
  }

  @Test
  void aShallowNetworkHasTheRightGradientToo() {
    Engine engine = engine(Activation.RELU, Loss.BINARY_CROSS_ENTROPY, Penalty.NONE, 0);
    double[] expected = differences(engine, false);
    score(engine, false);
    assertClose(engine.network().gradient().gradient().toDoubleVector(), expected);
  }

  @Test
  void aBoundedStepIsTheSameStepShortened() {
    Engine engine = engine(Activation.TANH, Loss.BINARY_CROSS_ENTROPY, Penalty.NONE, 0, 5);
    double[] before = engine.network().params().toDoubleVector();
    double[] gradient = differences(engine, false);
    double norm = 0;
    for (double slope : gradient) {
      norm += slope * slope;
    }
    norm = Math.sqrt(norm);
    engine.step(input, target, norm / 8);
    double[] after = engine.network().params().toDoubleVector();
    double[] step = new double[before.length];
    double[] expected = new double[before.length];
    for (int i = 0; i < step.length; i++) {
      step[i] = before[i] - after[i];
      expected[i] = gradient[i] / 8;
    }
    assertClose(step, expected);
  }
}
