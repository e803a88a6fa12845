package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.latent.Contractive;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a contraction measures, against Jacobians that are computed column by column in 64 bits. */
class ContractionTest {

  private static final ImageShape SMALL = new ImageShape(4, 4, 2);
  private static final double WEIGHT = 0.2;

  private static Architecture dense(ImageShape input, Activation activation, Integer... hidden) {
    return new DenseArchitecture(input, List.of(hidden), 5, activation, 0);
  }

  private static Architecture conv() {
    return new ConvArchitecture(
        SMALL,
        new ImageShape(2, 2, 3),
        List.of(2),
        List.of(5),
        3,
        Activation.SILU,
        1,
        Resampling.SUBPIXEL);
  }

  private static Spec spec(Architecture layers, LatentStage... stages) {
    return new Spec(
        layers,
        List.of(stages),
        Output.bernoulli(),
        Penalty.NONE,
        Optional.empty(),
        Optimizer.sgd(1),
        3);
  }

  private static Engine floats(Spec spec, Engine doubles) {
    Engine floats = Engine.create(spec);
    float[] parameters = doubles.network().params().toFloatVector();
    floats.store().setParameters(parameters);
    INDArray rounded = Nd4j.createFromArray(parameters).castTo(DataType.DOUBLE);
    doubles.network().params().assign(rounded.reshape(doubles.network().params().shape()));
    return floats;
  }

  private static float[] samples(int n, ImageShape shape) {
    RandomStream random = RandomStream.of(1, "samples");
    float[] samples = new float[n * shape.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextFloat();
    }
    return samples;
  }

  private static INDArray array(double[] values, Engine engine, int n) {
    return Nd4j.createFromArray(values)
        .reshape('c', Engine.shape(engine.table().input(), n, !engine.table().isFlat()));
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  /** By central differences along each value, through the encoder and the first stages. */
  private static double squaredNorm(Engine doubles, float[] sample, int stages) {
    int d = sample.length;
    double h = 1e-5;
    double[] rows = new double[2 * d * d];
    for (int row = 0; row < 2 * d; row++) {
      System.arraycopy(doubles(sample), 0, rows, row * d, d);
      rows[row * d + row / 2] += row % 2 == 0 ? h : -h;
    }
    int last = doubles.table().encoder().size() - 1 + stages;
    INDArray codes =
        doubles
            .network()
            .feedForwardToLayer(last, array(rows, doubles, 2 * d), false)
            .get(last + 1);
    double[] values = codes.dup('c').data().asDouble();
    int size = values.length / (2 * d);
    double sum = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < size; j++) {
        double slope = (values[2 * i * size + j] - values[(2 * i + 1) * size + j]) / (2 * h);
        sum += slope * slope;
      }
    }
    return sum;
  }

  /**
   * The mean over 40,000 directions is known to 0.5 % where one has a spread of the mean itself.
   */
  @Test
  void theEstimateIsTheSquaredNormOnAverage() {
    LatentStage plain = Contractive.of(WEIGHT);
    LatentStage sigmoid = Contractive.of(WEIGHT).activation(Activation.SIGMOID);
    for (Spec spec :
        List.of(
            spec(dense(SMALL, Activation.TANH, 9), plain),
            spec(dense(SMALL, Activation.RELU, 20, 9), sigmoid),
            spec(dense(ImageShape.grey(20, 20), Activation.SILU, 64), plain),
            spec(conv(), plain),
            spec(conv(), PowerNormalization.perExample(), plain))) {
      Engine doubles = Engine.create(spec, DataType.DOUBLE);
      ShakenParameters.shake(doubles, 0.1);
      Engine floats = floats(spec, doubles);
      ImageShape shape = floats.table().input();
      float[] sample = samples(1, shape);
      int n = 1000;
      float[] copies = new float[n * sample.length];
      for (int i = 0; i < n; i++) {
        System.arraycopy(sample, 0, copies, i * sample.length, sample.length);
      }
      double sum = 0;
      for (int first = 0; first < 40_000; first += n) {
        sum += term(floats.forward().objective(copies, copies, n, first)) * shape.size() / WEIGHT;
      }
      double expected = squaredNorm(doubles, sample, spec.stages().size());
      assertThat(sum / 40).as(spec.toString()).isCloseTo(expected, offset(0.02 * expected));
    }
  }

  private static double term(Objective objective) {
    return Objects.requireNonNull(objective.terms().get("contraction"));
  }

  @Test
  void ofOneLayerItIsTheSquaredNorm() {
    for (Activation activation :
        List.of(Activation.IDENTITY, Activation.SIGMOID, Activation.TANH)) {
      Spec spec =
          spec(dense(SMALL, Activation.RELU), Contractive.of(WEIGHT).activation(activation));
      Engine doubles = Engine.create(spec, DataType.DOUBLE);
      ShakenParameters.shake(doubles, 0.3);
      Engine floats = floats(spec, doubles);
      assertThat(floats.table().views()).isEqualTo(1);
      int n = 3;
      float[] samples = samples(n, SMALL);
      double expected = 0;
      for (int i = 0; i < n; i++) {
        int from = i * SMALL.size();
        float[] sample = Arrays.copyOfRange(samples, from, from + SMALL.size());
        expected += WEIGHT * squaredNorm(doubles, sample, 1) / (n * SMALL.size());
      }
      double tolerance = 1e-6 * expected;
      assertThat(term(floats.gradient(samples, samples, n))).isCloseTo(expected, offset(tolerance));
      assertThat(term(onOperations(floats, samples, n))).isCloseTo(expected, offset(tolerance));
      assertThat(term(floats.forward().objective(samples, samples, n, 5)))
          .isCloseTo(expected, offset(tolerance));
    }
  }

  private static Objective onOperations(Engine engine, float[] samples, int n) {
    System.setProperty(OneDnn.SWITCH, "off");
    try {
      assertThat(engine.computePath()).isEqualTo("ND4J");
      return engine.gradient(samples, samples, n);
    } finally {
      System.clearProperty(OneDnn.SWITCH);
    }
  }

  /** Differences of 32-bit codes are divided by a small step; what that costs is bounded here. */
  @Test
  void gradientsInThirtyTwoBitsAreThoseInSixtyFour() {
    LatentStage plain = Contractive.of(WEIGHT);
    LatentStage power = PowerNormalization.perExample();
    LatentStage tanh = Contractive.of(WEIGHT).activation(Activation.TANH);
    Architecture thinned = new DenseArchitecture(SMALL, List.of(20, 9), 3, Activation.ELU, 0.3);
    for (Spec spec :
        List.of(
            spec(dense(SMALL, Activation.TANH, 9), plain),
            spec(dense(ImageShape.grey(28, 28), Activation.RELU, 256), plain),
            spec(dense(ImageShape.grey(28, 28), Activation.SILU), tanh),
            spec(dense(SMALL, Activation.TANH, 9), power, tanh, Variational.standard()),
            spec(dense(SMALL, Activation.TANH), tanh, PowerNormalization.perBatch()),
            spec(thinned, power, plain),
            spec(conv(), tanh))) {
      Engine doubles = Engine.create(spec, DataType.DOUBLE);
      ShakenParameters.shake(doubles, 0.1);
      Engine floats = floats(spec, doubles);
      int n = 192; // enough for several pieces
      float[] samples = samples(n, floats.table().input());
      INDArray wide = array(doubles(samples), doubles, n);
      double expectedTerm = term(doubles.gradient(wide, wide));
      double[] expected = doubles.network().gradient().gradient().toDoubleVector();
      assertThat(floats.computePath()).isEqualTo("oneDNN");
      double fast = term(floats.gradient(samples, samples, n));
      assertClose(floats, expected, spec);
      double slow = term(onOperations(floats, samples, n));
      assertClose(floats, expected, spec);
      assertThat(fast).isCloseTo(expectedTerm, offset(2e-4 * expectedTerm));
      assertThat(slow).isCloseTo(expectedTerm, offset(2e-4 * expectedTerm));
    }
  }

  private static void assertClose(Engine engine, double[] expected, Spec spec) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = engine.store().gradientMemory().get(i) - expected[i];
      error += difference * difference;
      norm += expected[i] * expected[i];
    }
    assertThat(Math.sqrt(error / norm)).as(spec.toString()).isLessThan(2e-4);
  }

  /** Directions belong to samples, not to the pieces into which threads cut a batch. */
  @Test
  void theCutOfABatchChangesNoDirection() {
    Engine engine = Engine.create(spec(conv(), Contractive.of(WEIGHT)));
    int n = 64;
    float[] samples = samples(n, SMALL);
    engine.setThreads(1);
    String division = engine.division(n);
    double alone = term(engine.gradient(samples, samples, n));
    engine.setThreads(13);
    assertThat(engine.division(n)).isNotEqualTo(division);
    Objective objective = engine.gradient(samples, samples, n);
    double cut = term(objective);
    assertThat(cut).isCloseTo(alone, offset(1e-4 * alone));
    engine.update(objective, n, Double.POSITIVE_INFINITY);
    double next = term(engine.gradient(samples, samples, n));
    assertThat(next).isNotCloseTo(cut, offset(1e-3 * cut));
  }

  /** As users of {@code Dl4j.networkOf} do, who train it without what moves samples. */
  @Test
  void aNetworkThatWasHandedOutTrainsWithoutContraction() {
    for (Architecture layers : List.of(conv(), dense(SMALL, Activation.TANH))) {
      Engine engine = Engine.create(spec(layers, Contractive.of(WEIGHT)));
      int n = 4;
      float[] samples = samples(n, SMALL);
      Objective objective = onOperations(engine, samples, n);
      INDArray input = array(doubles(samples), engine, n).castTo(DataType.FLOAT);
      engine.network().setInput(input);
      engine.network().setLabels(input);
      engine.network().computeGradientAndScore();
      assertThat(engine.network().score()).isCloseTo(objective.reconstruction(), offset(1e-5));
    }
  }
}
