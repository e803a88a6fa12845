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
import io.github.autoencoder4j.latent.CodeNorm;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.latent.Contractive;
import io.github.autoencoder4j.latent.FiniteScalarQuantization;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.latent.Quantizer;
import io.github.autoencoder4j.latent.Sparse;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.latent.VectorQuantization;
import io.github.autoencoder4j.latent.Wasserstein;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.table.Schemas;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Stages that are wider than codes, learn, remember or add to the objective, and other outputs. */
class OpenStagesTest {

  private static final ImageShape INPUT = new ImageShape(4, 4, 2);

  private static final Condition CLASSES = new Condition(List.of("a", "b", "c"));

  private static Architecture dense() {
    return new DenseArchitecture(INPUT, List.of(9), 3, Activation.TANH, 0);
  }

  private static Architecture conv() {
    return new ConvArchitecture(
        INPUT,
        new ImageShape(2, 2, 3),
        List.of(2),
        List.of(5),
        3,
        Activation.SILU,
        1,
        Resampling.SUBPIXEL);
  }

  static Stream<Arguments> combinations() {
    List<List<LatentStage>> stages =
        List.of(
            List.of(),
            List.of(new OpenStages.Mixture(3)),
            List.of(new OpenStages.Centering(0.1)),
            List.of(Variational.standard()),
            List.of(Variational.standard().draws(3), LatentNoise.variance(0.1)),
            List.of(CLASSES),
            List.of(Variational.standard(), CLASSES),
            List.of(Variational.standard().draws(3), LatentNoise.variance(0.1), CLASSES),
            List.of(PowerNormalization.perBatch(), CLASSES),
            List.of(Sparse.topK(2), new CodeNorm(0.2)),
            List.of(PowerNormalization.perExample(), Sparse.lifetime(0.4)),
            List.of(Sparse.l1(0.3), Wasserstein.standard()),
            List.of(Sparse.targetRate(0.2, 2), LatentNoise.variance(0.1)),
            List.of(Contractive.of(0.3), LatentNoise.variance(0.1), CLASSES),
            List.of(
                PowerNormalization.perExample(),
                Contractive.of(0.02).activation(Activation.TANH),
                Variational.standard()),
            List.of(
                Contractive.of(0.5).activation(Activation.SIGMOID), PowerNormalization.perBatch()),
            List.of(
                new OpenStages.Mixture(2),
                PowerNormalization.perExample(),
                Variational.standard().beta(2).warmup(3),
                LatentNoise.variance(0.1)));
    List<Output> outputs =
        List.of(
            Output.bernoulli(),
            Output.gaussian(0.3),
            Output.heteroscedasticGaussian(0.1),
            Output.calibratedGaussian(),
            Output.discretizedLogistic(),
            Output.columns(Schemas.ofAllKinds()),
            new OpenStages.Robust());
    List<Arguments> combinations = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      for (Architecture layers : List.of(dense(), conv())) {
        // Each output without stages; with stages two of them in turn.
        int count = i == 0 ? outputs.size() : 2;
        for (int k = 0; k < count; k++) {
          Output output = outputs.get((combinations.size() + k) % outputs.size());
          combinations.add(Arguments.of(layers, stages.get(i), output));
        }
      }
    }
    // Encoders of one layer, and one that drops the same in both views of a sample.
    Architecture single = new DenseArchitecture(INPUT, List.of(), 3, Activation.TANH, 0);
    Architecture thinned = new DenseArchitecture(INPUT, List.of(9, 8), 3, Activation.ELU, 0.3);
    for (Architecture layers : List.of(single, thinned)) {
      for (Activation activation :
          List.of(Activation.IDENTITY, Activation.SIGMOID, Activation.TANH)) {
        LatentStage stage = Contractive.of(0.4).activation(activation);
        combinations.add(Arguments.of(layers, List.of(stage), outputs.get(1)));
        combinations.add(Arguments.of(layers, List.of(stage, CLASSES), outputs.get(2)));
      }
      List<LatentStage> coupled =
          List.of(Contractive.of(0.4), PowerNormalization.perBatch(), CLASSES);
      combinations.add(Arguments.of(layers, coupled, outputs.get(0)));
      List<LatentStage> scaled = List.of(PowerNormalization.perExample(), Contractive.of(0.1));
      combinations.add(Arguments.of(layers, scaled, outputs.get(0)));
    }
    return combinations.stream();
  }

  private static Spec spec(
      Architecture layers, List<LatentStage> stages, Output output, Optimizer optimizer) {
    return new Spec(layers, stages, output, new Penalty(0, 1e-3), Optional.empty(), optimizer, 3);
  }

  private static float[] samples(int n, String name) {
    RandomStream random = RandomStream.of(1, name);
    float[] samples = new float[n * INPUT.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextFloat();
    }
    return samples;
  }

  /** Samples as a network sees them: each with its class behind it, if it is told. */
  private static float[] inputs(Engine engine, int n) {
    Network table = engine.table();
    float[] samples = samples(n, "input");
    int size = INPUT.size();
    int width = table.input().size();
    float[] inputs = new float[n * width];
    for (int i = 0; i < n; i++) {
      System.arraycopy(samples, i * size, inputs, i * width, size);
      if (table.conditions() > 0) {
        int number = (i * i + 1) % table.conditions();
        int plane = table.conditionAt(1) - table.conditionAt(0);
        int at = i * width + table.conditionAt(number);
        Arrays.fill(inputs, at, at + plane, 1);
      }
    }
    return inputs;
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void theGradientIsThatOfTheObjective(
      Architecture layers, List<LatentStage> stages, Output output) {
    Engine engine = Engine.create(spec(layers, stages, output, Optimizer.sgd(1)), DataType.DOUBLE);
    ShakenParameters.shake(engine, 0.1);
    int n = 3;
    boolean images = layers instanceof ConvArchitecture;
    INDArray input = array(inputs(engine, n), engine.table().input(), n, images);
    INDArray target = array(samples(n, "target"), INPUT, n, images);
    INDArray parameters = engine.network().params();
    engine.gradient(input, target);
    double[] actual = engine.network().gradient().gradient().toDoubleVector();
    double h = 1e-5;
    double largest = 0;
    for (Network.Entry entry : engine.table().parameters()) {
      // Some of each array: all layers are checked whole elsewhere.
      int step = 1 + entry.length() / (entry.owner() instanceof StagePlan ? 100 : 8);
      for (int i = entry.offset(); i < entry.end(); i += step) {
        double value = parameters.getDouble(i);
        parameters.putScalar(i, value + h);
        double above = engine.gradient(input, target).total();
        parameters.putScalar(i, value - h);
        double below = engine.gradient(input, target).total();
        parameters.putScalar(i, value);
        double expected = (above - below) / (2 * h);
        switch (entry.spec().kind()) {
          // It has sums there, for itself.
          case STATE -> {}
          default ->
              assertThat(actual[i])
                  .as(entry.name())
                  .isCloseTo(expected, offset(1e-8 + 1e-5 * Math.abs(expected)));
        }
        largest = Math.max(largest, Math.abs(expected));
      }
    }
    assertThat(largest).isGreaterThan(1e-3);
  }

  static Stream<Arguments> quantizers() {
    return Stream.of(
            VectorQuantization.entries(4),
            VectorQuantization.entries(7).dimension(1).commitment(2),
            FiniteScalarQuantization.levels(4),
            FiniteScalarQuantization.levels(5, 2, 3))
        .flatMap(
            quantizer -> Stream.of(dense(), conv()).map(layers -> Arguments.of(layers, quantizer)));
  }

  /** Straight through a quantiser flows the gradient of a network in which nothing is rounded. */
  @ParameterizedTest
  @MethodSource("quantizers")
  void theGradientOfAQuantizerIsThatOfAFrozenOne(Architecture layers, Quantizer quantizer) {
    Output output = Output.bernoulli();
    Optimizer optimizer = Optimizer.sgd(1);
    Engine engine =
        Engine.create(spec(layers, List.of(quantizer), output, optimizer), DataType.DOUBLE);
    ShakenParameters.shake(engine, 0.1);
    LatentStage rounding = new OpenStages.Frozen(quantizer);
    Engine frozen =
        Engine.create(spec(layers, List.of(rounding), output, optimizer), DataType.DOUBLE);
    INDArray parameters = frozen.network().params();
    parameters.assign(engine.network().params());
    int n = 3;
    boolean images = layers instanceof ConvArchitecture;
    INDArray input = array(samples(n, "input"), INPUT, n, images);
    INDArray target = array(samples(n, "target"), INPUT, n, images);
    double objective = engine.gradient(input, target).total();
    double[] actual = engine.network().gradient().gradient().toDoubleVector();
    frozen.gradient(input, target);
    assertThat(frozen.gradient(input, target).total()).isCloseTo(objective, offset(1e-12));
    double h = 1e-5;
    double largest = 0;
    for (Network.Entry entry : engine.table().parameters()) {
      if (entry.owner() instanceof StagePlan) {
        continue;
      }
      for (int i = entry.offset(); i < entry.end(); i += 1 + entry.length() / 8) {
        double value = parameters.getDouble(i);
        parameters.putScalar(i, value + h);
        double above = frozen.gradient(input, target).total();
        parameters.putScalar(i, value - h);
        double below = frozen.gradient(input, target).total();
        parameters.putScalar(i, value);
        double expected = (above - below) / (2 * h);
        assertThat(actual[i])
            .as(entry.name())
            .isCloseTo(expected, offset(1e-8 + 1e-5 * Math.abs(expected)));
        largest = Math.max(largest, Math.abs(expected));
      }
    }
    assertThat(largest).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @MethodSource("quantizers")
  void bothPathsQuantizeTheSame(Architecture layers, Quantizer quantizer) {
    bothPathsComputeTheSame(layers, List.of(quantizer), Output.bernoulli());
  }

  private static INDArray array(float[] values, ImageShape shape, int n, boolean images) {
    INDArray flat = Nd4j.create(DataType.DOUBLE, values.length);
    for (int i = 0; i < values.length; i++) {
      flat.putScalar(i, values[i]);
    }
    return flat.reshape('c', Engine.shape(shape, n, images));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void bothPathsComputeTheSame(Architecture layers, List<LatentStage> stages, Output output) {
    Engine fast = Engine.create(spec(layers, stages, output, Optimizer.adam(1e-2)));
    Engine slow = Engine.create(spec(layers, stages, output, Optimizer.adam(1e-2)));
    int n = 12;
    float[] seen = inputs(fast, n);
    float[] wanted = samples(n, "target");
    for (int step = 0; step < 3; step++) {
      assertThat(fast.computePath()).isEqualTo("oneDNN");
      Objective one = fast.step(seen, wanted, n, Double.POSITIVE_INFINITY);
      Objective other;
      System.setProperty(OneDnn.SWITCH, "off");
      try {
        assertThat(slow.computePath()).isEqualTo("ND4J");
        other = slow.step(seen, wanted, n, Double.POSITIVE_INFINITY);
      } finally {
        System.clearProperty(OneDnn.SWITCH);
      }
      assertThat(one.terms().keySet()).isEqualTo(other.terms().keySet());
      assertThat(one.reconstruction())
          .isCloseTo(other.reconstruction(), offset(1e-4 * (1 + Math.abs(one.reconstruction()))));
      one.terms()
          .forEach(
              (name, value) ->
                  assertThat(value).isCloseTo(other.terms().get(name), offset(1e-4 * (1 + value))));
    }
    assertClose(fast.store().parameters(), slow.store().parameters(), 2e-3);
    Objective judged = fast.forward().objective(seen, wanted, n, 0);
    assertThat(judged.terms().keySet()).isEqualTo(Set.copyOf(fast.table().terms()));
    assertThat(fast.forward().objective(seen, wanted, n, 0)).isEqualTo(judged);
  }

  /** The encoder drops for each sample, the decoder for each draw, however the batch is cut. */
  @Test
  void bothPathsDropTheSameOfSeveralDraws() {
    bothPathsComputeTheSame(
        new DenseArchitecture(INPUT, List.of(9), 3, Activation.TANH, 0.4),
        List.of(Variational.standard().draws(40)),
        Output.bernoulli());
  }

  @Test
  void stateFollowsTheBatchesAndNotTheGradient() {
    for (Architecture layers : List.of(dense(), conv())) {
      for (double bound : new double[] {Double.POSITIVE_INFINITY, 0.5}) {
        List<LatentStage> stages = List.of(new OpenStages.Centering(0.25));
        Engine engine =
            Engine.create(spec(layers, stages, Output.bernoulli(), Optimizer.adam(1e-2)));
        Network.Entry mean = engine.table().parameters(engine.table().stages().get(0)).get(0);
        Network.Entry count = engine.table().parameters(engine.table().stages().get(0)).get(1);
        double[] expected = new double[mean.length()];
        Arrays.fill(expected, 0.5);
        int n = 11;
        for (int step = 0; step < 4; step++) {
          float[] seen = samples(n, "step " + step);
          // What the stage is fed: its codes, and what it takes off.
          float[] codes = engine.forward().encode(seen, n);
          double[] next = new double[expected.length];
          for (int i = 0; i < codes.length; i++) {
            int j = i % expected.length;
            next[j] += (codes[i] + expected[j]) / n;
          }
          engine.step(seen, seen, n, bound);
          for (int j = 0; j < expected.length; j++) {
            expected[j] += 0.25 * (next[j] - expected[j]);
            assertThat((double) engine.store().parameters()[mean.offset() + j])
                .isCloseTo(expected[j], offset(1e-5));
          }
        }
        assertThat(engine.store().parameters()[count.offset()]).isEqualTo(4 * n);
      }
    }
  }

  /**
   * Two that each see half of every batch and add their gradients up, against one that sees all.
   */
  @Test
  void ranksThatExchangeGradientsStayEqual() {
    for (Architecture layers : List.of(dense(), conv())) {
      List<LatentStage> stages = List.of(new OpenStages.Centering(0.25), new OpenStages.Mixture(2));
      Output output = Output.calibratedGaussian();
      Engine alone = Engine.create(spec(layers, stages, output, Optimizer.adam(1e-2)));
      Engine[] ranks = {
        Engine.create(spec(layers, stages, output, Optimizer.adam(1e-2))),
        Engine.create(spec(layers, stages, output, Optimizer.adam(1e-2)))
      };
      int half = 6;
      int values = half * INPUT.size();
      for (int step = 0; step < 5; step++) {
        float[] all = samples(2 * half, "step " + step);
        alone.step(all, all, 2 * half, Double.POSITIVE_INFINITY);
        double loss = 0;
        for (int rank = 0; rank < 2; rank++) {
          FloatBuffer part = FloatBuffer.wrap(all).slice(rank * values, values);
          loss += ranks[rank].gradient(part, part, half).reconstruction() / 2;
        }
        Objective objective = new Objective(loss, Map.of());
        exchange(ranks[0], ranks[1]);
        for (Engine rank : ranks) {
          assertThat(rank.update(objective, half, Double.POSITIVE_INFINITY)).isTrue();
        }
        assertThat(ranks[0].store().parameters()).isEqualTo(ranks[1].store().parameters());
      }
      assertClose(ranks[0].store().parameters(), alone.store().parameters(), 1e-4);
    }
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], offset(tolerance));
    }
  }

  /** Means of gradients, and sums of what state counts, as one batch would have them. */
  private static void exchange(Engine one, Engine other) {
    FloatBuffer a = one.store().gradientMemory();
    FloatBuffer b = other.store().gradientMemory();
    for (Network.Entry entry : one.table().parameters()) {
      float share =
          switch (entry.spec().kind()) {
            case STATE -> 1;
            default -> 0.5f;
          };
      for (int i = entry.offset(); i < entry.end(); i++) {
        float sum = share * (a.get(i) + b.get(i));
        a.put(i, sum);
        b.put(i, sum);
      }
    }
  }
}
