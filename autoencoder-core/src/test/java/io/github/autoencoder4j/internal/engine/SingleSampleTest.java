package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples that come one by one, for which a second thread may compute half of a layer. */
@Timeout(120)
class SingleSampleTest {

  private static final int INPUT = 300;

  /** Enough for a thread to be lent most of the time. */
  private static final int CALLS = 2_000;

  @BeforeAll
  static void needsOneDnn() {
    assumeThat(OneDnn.isOpen()).as("oneDNN is on the class path of this platform").isTrue();
  }

  /** One with layers that are halved, of numbers of outputs that no vector divides. */
  private static Engine engine(Activation activation) {
    return Engine.create(
        new Spec(
            new DenseArchitecture(ImageShape.vector(INPUT), List.of(701, 130), 2, activation, 0),
            List.of(),
            Loss.MEAN_SQUARED_ERROR.output(),
            Penalty.NONE,
            Optional.empty(),
            Optimizer.adam(1e-3),
            5));
  }

  private static float[] sample(int number) {
    RandomStream random = RandomStream.of(4, "sample", number);
    float[] values = new float[INPUT];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static float[] reconstruction(Engine engine, int number) {
    return engine.forward().decode(engine.forward().encode(sample(number), 1), 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"RELU", "SILU", "PRELU", "GDN"})
  void theyHaveTheSameBitsWhoeverComputesThem(Activation activation) {
    Engine alone = engine(activation);
    alone.setThreads(1);
    float[][] expected = new float[8][];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = reconstruction(alone, i);
    }
    Engine beside = engine(activation);
    beside.setThreads(2);
    for (int call = 0; call < CALLS; call++) {
      assertThat(reconstruction(beside, call % expected.length))
          .isEqualTo(expected[call % expected.length]);
    }
  }

  /** Each core has a thread that never rests, so those that lend a hand are often late. */
  @Test
  void theyHaveTheSameBitsOnABusyMachine() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread[] busy = new Thread[Runtime.getRuntime().availableProcessors()];
    for (int i = 0; i < busy.length; i++) {
      busy[i] =
          new Thread(
              () -> {
                while (!over.get()) {
                  Thread.onSpinWait();
                }
              });
      busy[i].start();
    }
    try {
      theyHaveTheSameBitsWhoeverComputesThem(Activation.SILU);
    } finally {
      over.set(true);
      for (Thread thread : busy) {
        thread.join();
      }
    }
  }

  /** What is freed was used by another thread a moment ago. */
  @Test
  void anEngineMayBeClosedAtOnce() {
    for (int i = 0; i < 20; i++) {
      Engine engine = engine(Activation.RELU);
      engine.setThreads(2);
      float[] first = reconstruction(engine, i);
      for (int call = 0; call < 100; call++) {
        assertThat(reconstruction(engine, i)).isEqualTo(first);
      }
      engine.close();
    }
  }
}
