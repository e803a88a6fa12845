package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The memory that holds the numbers of a network, for those who store them. */
class ParameterMemoryTest {

  private static Engine engine(Architecture architecture) {
    return Engine.create(
        new Spec(
            architecture,
            List.of(),
            Output.sigmoidSquares(),
            Penalty.NONE,
            Optional.empty(),
            Optimizer.adam(1e-3),
            4));
  }

  @Test
  void denseWeightsAreRowsOfOutputs() {
    DenseArchitecture architecture =
        new DenseArchitecture(ImageShape.vector(3), List.of(), 2, Activation.IDENTITY, 0);
    Engine engine = engine(architecture);
    FloatBuffer memory = engine.store().parameterMemory();
    memory.put(7, 0.25f); // The bias of the second code value.
    float[] codes = engine.forward().encode(new float[] {1, 10, 100}, 1);
    for (int o = 0; o < 2; o++) {
      float expected = memory.get(3 * o) + 10 * memory.get(3 * o + 1) + 100 * memory.get(3 * o + 2);
      assertThat(codes[o]).isCloseTo(expected + o * 0.25f, within(expected));
    }
  }

  private static Offset<Float> within(float size) {
    return Offset.offset(1e-5f * (1 + Math.abs(size)));
  }

  @Test
  void whatIsWrittenToMemoryIsWhatRuns() {
    DenseArchitecture architecture =
        new DenseArchitecture(ImageShape.vector(5), List.of(4), 2, Activation.TANH, 0);
    Engine trained = engine(architecture);
    float[] batch = {0, 0.25f, 0.5f, 0.75f, 1};
    trained.step(batch, batch, 1, Double.POSITIVE_INFINITY);
    Engine other =
        Engine.blank(
            new Spec(
                architecture,
                List.of(),
                Output.sigmoidSquares(),
                Penalty.NONE,
                Optional.empty(),
                Optimizer.adam(1e-3),
                4));
    assertThat(other.store().parameters()).containsOnly(0);
    other.store().parameterMemory().put(trained.store().parameterMemory());
    other.store().optimizerMemory().put(trained.store().optimizerMemory());
    other.store().setProgress(trained.store().iteration(), trained.store().epoch());
    assertThat(other.store().parameters()).isEqualTo(trained.store().parameters());
    for (Engine engine : List.of(trained, other)) {
      engine.step(batch, batch, 1, Double.POSITIVE_INFINITY);
    }
    assertThat(other.store().parameters()).isEqualTo(trained.store().parameters());
    assertThat(trained.store().optimizerMemory().remaining())
        .isEqualTo(2 * trained.store().parameters().length);
  }

  @Test
  void anOptimizerWithoutMemoryHasNone() {
    Engine engine =
        Engine.create(
            new Spec(
                new DenseArchitecture(ImageShape.vector(3), List.of(), 2, Activation.IDENTITY, 0),
                List.of(),
                Output.sigmoidSquares(),
                Penalty.NONE,
                Optional.empty(),
                Optimizer.sgd(0.1),
                4));
    assertThat(engine.store().optimizerMemory().hasRemaining()).isFalse();
  }
}
