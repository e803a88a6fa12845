package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Training twice is training once for as long: nothing is forgotten in between. */
class ContinuedTrainingTest {

  private static final ImageSource DATA = data();

  private static ImageSource data() {
    RandomStream random = RandomStream.of(3, "data");
    float[][] rows = new float[50][12];
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextFloat();
      }
    }
    return ImageSource.of(ImageShape.vector(12), rows);
  }

  private static DenseBuilder builder() {
    return Autoencoder.dense()
        .hidden(9)
        .bottleneck(3)
        .l2(1e-4)
        .dropout(0.1)
        .corruption(Corruption.gaussian(0.1));
  }

  @Test
  void twoRunsOfOneAndTwoEpochsGiveTheWeightsOfOneRunOfThree() {
    Autoencoder once = builder().build();
    once.fit(DATA, Training.epochs(3).batchSize(16));

    Autoencoder twice = builder().build();
    twice.fit(DATA, Training.epochs(1).batchSize(16));
    twice.fit(DATA, Training.epochs(2).batchSize(16));

    assertThat(twice.parameters()).containsExactly(once.parameters());
  }

  @Test
  void copiedWeightsAreAStartAfreshWhateverTheirNewHomeWasTrained() {
    Autoencoder other = builder().seed(9).build();
    other.fit(DATA, Training.epochs(2).batchSize(16));
    Autoencoder fresh = builder().build();
    fresh.copyWeightsFrom(other);
    fresh.fit(DATA, Training.epochs(2).batchSize(16));

    Autoencoder trained = builder().build();
    trained.fit(DATA, Training.epochs(3).batchSize(16));
    trained.copyWeightsFrom(other);
    trained.fit(DATA, Training.epochs(2).batchSize(16));

    assertThat(trained.parameters()).containsExactly(fresh.parameters());
  }

  @Test
  void canBeTrainedOnAfterARunThatDiverged() {
    // Seven good steps and one that throws the weights out of any range.
    Schedule explosive = new Schedule.Points(Schedule.Unit.STEP, Map.of(0, 1e-3, 7, 1e30, 8, 1e-3));
    Autoencoder autoencoder = builder().optimizer(Optimizer.adam(explosive)).build();

    DivergenceException failure =
        catchThrowableOfType(
            DivergenceException.class,
            () -> autoencoder.fit(DATA, Training.epochs(5).batchSize(16)));
    assertThat(failure.epoch()).isGreaterThan(1);
    double restored = autoencoder.evaluate(DATA).reconstructionLoss();

    autoencoder.fit(DATA, Training.epochs(20).batchSize(16));
    assertThat(autoencoder.evaluate(DATA).reconstructionLoss()).isLessThan(restored);
  }
}
