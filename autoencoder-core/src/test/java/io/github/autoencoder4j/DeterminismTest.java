package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Floats;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Same seed, same weights, bit for bit. */
class DeterminismTest {

  /** A rate that is zero in 32 bits: nothing moves. */
  private static final double TOO_SMALL = 1e-300;

  private static final ImageSource DATA = TinyData.source(37, 12);

  /** Uses every source of chance there is. */
  private static DenseBuilder random(long seed) {
    return Autoencoder.dense()
        .hidden(10, 8)
        .bottleneck(2)
        .dropout(0.2)
        .l2(1e-3)
        .corruption(Corruption.gaussian(0.3))
        .optimizer(Optimizer.adam(5e-3))
        .seed(seed);
  }

  private static Training epochs(int epochs) {
    return Training.epochs(epochs).batchSize(8).validation(DATA);
  }

  private static float[] trained(long seed) {
    Autoencoder autoencoder = random(seed).build();
    autoencoder.fit(DATA, epochs(3));
    return autoencoder.parameters();
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    List<List<Double>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      History history = random(5).build().fit(DATA, epochs(3));
      runs.add(
          history.epochs().stream()
              .flatMap(
                  e ->
                      List.of(e.trainingLoss(), e.validationLoss().getAsDouble(), e.penalty())
                          .stream())
              .toList());
    }
    assertThat(runs.get(0)).hasSize(9).isEqualTo(runs.get(1));
  }

  @Test
  void doesNotDependOnWhatElseDrawsFromNd4j() {
    float[] expected = trained(5);
    Nd4j.getRandom().setSeed(1234);
    Nd4j.rand(7, 7);
    assertThat(trained(5)).isEqualTo(expected);
  }

  @Test
  void keepsNd4jsOwnGeneratorReproducible() {
    // Building a network seeds it, whatever we do; by the clock would be worst.
    List<List<Float>> draws = new ArrayList<>();
    for (long seed : new long[] {99, 99, 98}) {
      Nd4j.getRandom().setSeed(seed);
      trained(5);
      draws.add(Floats.asList(Nd4j.rand(1, 5).toFloatVector()));
    }
    assertThat(draws.get(0)).isEqualTo(draws.get(1)).isNotEqualTo(draws.get(2));
  }

  @Test
  void leavesNd4jsDataTypeAlone() {
    var before = Nd4j.dataType();
    trained(5);
    assertThat(Nd4j.dataType()).isEqualTo(before);
  }

  @Test
  void doesNotDependOnTheThreadThatTrains() throws Exception {
    float[] expected = trained(5);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<float[]> elsewhere = pool.submit(() -> trained(5));
      assertThat(elsewhere.get()).isEqualTo(expected);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void twoRunsOfOneEpochAreOneRunOfTwo() {
    Autoencoder twice = random(5).build();
    twice.fit(DATA, epochs(2));
    twice.fit(DATA, epochs(1));
    Autoencoder once = random(5).build();
    once.fit(DATA, epochs(3));
    assertThat(twice.parameters()).isEqualTo(once.parameters());
  }

  @Test
  void aSecondRunGoesOnWithLaterRandomNumbers() {
    // With still weights only chance can move the loss.
    Autoencoder still = random(5).optimizer(Optimizer.sgd(TOO_SMALL)).build();
    List<Double> losses = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      still.fit(DATA, Training.epochs(2).batchSize(37)).epochs().stream()
          .map(EpochEnd::trainingLoss)
          .forEach(losses::add);
    }
    assertThat(losses).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void validationAndListenersDoNotChangeTheRun() {
    Autoencoder alone = random(5).build();
    alone.fit(DATA, Training.epochs(3).batchSize(8));
    assertThat(alone.parameters()).isEqualTo(trained(5));
  }
}
