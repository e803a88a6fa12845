package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.Specs;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Our step of Adam against the one that Deeplearning4j takes. */
class AdamStepTest {

  // More parameters than one chunk, and not a whole number of chunks.
  private static final DenseArchitecture ARCHITECTURE =
      new DenseArchitecture(new ImageShape(10, 9, 1), List.of(40), 2, Activation.RELU, 0);

  private static final Network TABLE = Network.of(Specs.of(ARCHITECTURE));

  private static Engine engine(Penalty penalty, Optimizer optimizer) {
    Engine engine =
        Engine.create(
            new Spec(
                ARCHITECTURE,
                List.of(),
                Output.bernoulli(),
                penalty,
                Optional.empty(),
                optimizer,
                1));
    engine.network().initGradientsView();
    return engine;
  }

  private static void setGradient(Engine engine, int step, double scale) {
    RandomStream random = RandomStream.of(2, "gradient", step);
    INDArray gradient = engine.network().getGradientsViewArray();
    double[] values = new double[(int) gradient.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * random.nextGaussian();
    }
    Buffers.write(values, gradient);
  }

  private static BaseMultiLayerUpdater<?> updater(Engine engine) {
    return (BaseMultiLayerUpdater<?>) engine.network().getUpdater(true);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1e-3", "0, 0.01, 1e-3", "0.02, 0, 1", "0.001, 0.003, 1e-6"})
  void goesWhereDeeplearning4jGoes(double l1, double l2, double scale) {
    Penalty penalty = new Penalty(l1, l2);
    Optimizer adam = Optimizer.adam(0.01).beta1(0.8).beta2(0.95).epsilon(1e-7);
    Engine ours = engine(penalty, adam);
    Engine theirs = engine(penalty, adam);
    AdamStep step = new AdamStep(ours.network(), TABLE, penalty);
    float[] start = ours.store().parameters();
    for (int i = 0; i < 20; i++) {
      setGradient(ours, i, scale);
      assertThat(step.apply(updater(ours), i, 0, 1, 1)).isTrue();
      setGradient(theirs, i, scale);
      MultiLayerNetwork network = theirs.network();
      INDArray gradient = network.getGradientsViewArray();
      updater(theirs)
          .update(
              network, new DefaultGradient(gradient), i, 0, 1, LayerWorkspaceMgr.noWorkspaces());
      network.params().subi(gradient.reshape(network.params().shape()));
    }
    float[] values = ours.store().parameters();
    float[] expected = theirs.store().parameters();
    double moved = 0;
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], offset(2e-6f));
      moved = Math.max(moved, Math.abs(values[i] - start[i]));
    }
    assertThat(moved).isGreaterThan(0.01);
    float[] state = updater(ours).getStateViewArray().dup('c').data().asFloat();
    float[] theirState = updater(theirs).getStateViewArray().dup('c').data().asFloat();
    float[] greatest = new float[2];
    for (int i = 0; i < state.length; i++) {
      int half = 2 * i / state.length;
      greatest[half] = Math.max(greatest[half], Math.abs(theirState[i]));
    }
    for (int i = 0; i < state.length; i++) {
      assertThat(state[i]).isCloseTo(theirState[i], offset(1e-5f * greatest[2 * i / state.length]));
    }
  }

  @Test
  void aRestartedStepIsAsLongAsTheVeryFirst() {
    // Its last number matters more the smaller the moments are.
    Optimizer adam = Optimizer.adam(1e-2).beta1(0.9).beta2(0.999).epsilon(1e-15);
    Engine first = engine(Penalty.NONE, adam);
    Engine late = engine(Penalty.NONE, adam);
    AdamStep again = new AdamStep(late.network(), TABLE, Penalty.NONE);
    AdamStep once = new AdamStep(first.network(), TABLE, Penalty.NONE);
    setGradient(first, 0, 1);
    once.apply(updater(first), 0, 0, 1, 1);
    for (int iteration : new int[] {1, 30, 100_000}) {
      late.store().setParameters(engine(Penalty.NONE, adam).store().parameters());
      updater(late).getStateViewArray().assign(0);
      again.restart();
      setGradient(late, 0, 1);
      again.apply(updater(late), iteration, 0, 1, 1);
      float[] expected = first.store().parameters();
      float[] moved = late.store().parameters();
      for (int i = 0; i < moved.length; i++) {
        assertThat(moved[i]).isCloseTo(expected[i], offset(2e-6f));
      }
    }
  }

  @Test
  void momentsNeverBecomeSubnormal() {
    Engine engine = engine(Penalty.NONE, Optimizer.adam(1e-3));
    AdamStep step = new AdamStep(engine.network(), TABLE, Penalty.NONE);
    setGradient(engine, 0, 1e-18);
    step.apply(updater(engine), 0, 0, 1, 1);
    engine.network().getGradientsViewArray().assign(0);
    for (int i = 1; i < 1_500; i++) {
      step.apply(updater(engine), i, 0, 1, 1);
    }
    for (float moment : updater(engine).getStateViewArray().dup('c').data().asFloat()) {
      assertThat(moment == 0 || Math.abs(moment) >= Float.MIN_NORMAL).isTrue();
    }
  }

  @Test
  void severalCoresGoWhereOneGoes() {
    Penalty penalty = new Penalty(0.001, 0.003);
    Engine alone = engine(penalty, Optimizer.adam(1e-2));
    Engine shared = engine(penalty, Optimizer.adam(1e-2));
    AdamStep one = new AdamStep(alone.network(), TABLE, penalty);
    AdamStep three =
        new AdamStep(
            shared.network(), TABLE, penalty, new Lanes(1_000_000_000L), /* leastShared= */ 1);
    for (int i = 0; i < 20; i++) {
      setGradient(alone, i, 1);
      one.apply(updater(alone), i, 0, 0.5, 1);
      setGradient(shared, i, 1);
      three.apply(updater(shared), i, 0, 0.5, 3);
    }
    assertThat(shared.store().parameters()).isEqualTo(alone.store().parameters());
    assertThat(updater(shared).getStateViewArray().dup('c').data().asFloat())
        .isEqualTo(updater(alone).getStateViewArray().dup('c').data().asFloat());
  }

  @Test
  void scalesTheGradientBeforePenalties() {
    Penalty penalty = new Penalty(0, 0.01);
    Engine scaled = engine(penalty, Optimizer.adam(1e-3));
    Engine small = engine(penalty, Optimizer.adam(1e-3));
    setGradient(scaled, 0, 4);
    new AdamStep(scaled.network(), TABLE, penalty).apply(updater(scaled), 0, 0, 0.25, 1);
    setGradient(small, 0, 1);
    new AdamStep(small.network(), TABLE, penalty).apply(updater(small), 0, 0, 1, 1);
    assertThat(scaled.store().parameters())
        .containsExactly(small.store().parameters(), offset(1e-7f));
  }

  @Test
  void leavesOtherOptimizersAlone() {
    Engine engine = engine(Penalty.NONE, Optimizer.sgd(0.1));
    setGradient(engine, 0, 1);
    float[] before = engine.store().parameters();
    AdamStep step = new AdamStep(engine.network(), TABLE, Penalty.NONE);
    assertThat(step.apply(updater(engine), 0, 0, 1, 1)).isFalse();
    assertThat(engine.store().parameters()).isEqualTo(before);
  }
}
