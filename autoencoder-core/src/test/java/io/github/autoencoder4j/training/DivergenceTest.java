package io.github.autoencoder4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.DenseBuilder;
import io.github.autoencoder4j.Dl4j;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DivergenceTest {

  /** A rate that is zero in 32 bits: nothing moves. */
  private static final double TOO_SMALL = 1e-300;

  private static final ImageSource DATA = TinyData.source(40, 12);

  private static DenseBuilder tiny() {
    return Autoencoder.dense().hidden(10).bottleneck(2).seed(3);
  }

  /** Sane for some epochs, then far too high. */
  private static Schedule explodesInEpoch(int epoch) {
    return new Schedule.Points(Schedule.Unit.EPOCH, Map.of(0, 0.5, epoch - 1, 1e6));
  }

  private static DivergenceException diverges(Autoencoder autoencoder, Training training) {
    DivergenceException thrown =
        catchThrowableOfType(DivergenceException.class, () -> autoencoder.fit(DATA, training));
    assertThat(thrown).isNotNull();
    return thrown;
  }

  @AfterEach
  void leavesNoThreadBehind() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("autoencoder-batches");
  }

  @Test
  void doesNotCallNothingTheLastGoodLoss() {
    // Weights from elsewhere, so that its first loss is no number already.
    Autoencoder autoencoder = tiny().loss(Loss.MEAN_SQUARED_ERROR).build();
    autoencoder.fit(DATA, Training.epochs(1));
    Dl4j.networkOf(autoencoder).params().muli(Float.POSITIVE_INFINITY);
    DivergenceException thrown = diverges(autoencoder, Training.epochs(1));
    assertThat(thrown.lastGoodLoss()).isNaN();
    assertThat(thrown)
        .hasMessageContaining("became NaN, and there was no good one before.")
        .message()
        .doesNotContain("was NaN");
  }

  @Test
  void saysWhereAndWhyAndPutsTheStartBack() {
    Autoencoder autoencoder = tiny().optimizer(Optimizer.sgd(1e6)).build();
    List<History> ends = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    DivergenceException thrown =
        diverges(
            autoencoder,
            Training.epochs(3)
                .batchSize(8)
                .listener(
                    new TrainingListener() {
                      @Override
                      public void onEnd(History history) {
                        ends.add(history);
                      }

                      @Override
                      public void onFailure(Throwable cause) {
                        failures.add(cause);
                        throw new IllegalStateException("no room to write it down");
                      }
                    }));
    assertThat(failures).containsExactly(thrown);
    assertThat(thrown.getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly("no room to write it down");
    assertThat(thrown.epoch()).isEqualTo(1);
    assertThat(thrown.lastGoodLoss()).isBetween(0.1, 5.0);
    assertThat(thrown)
        .hasMessageContaining("epoch 1: the loss")
        .hasMessageContaining("learning rate")
        .hasMessageContaining("1000000.0")
        .hasMessageContaining("clipGradientNorm")
        .hasMessageContaining("The weights of the start were put back");
    assertThat(ends).isEmpty();

    Autoencoder start = tiny().optimizer(Optimizer.sgd(TOO_SMALL)).build();
    start.fit(DATA, Training.epochs(1).batchSize(8));
    assertThat(autoencoder.parameters()).isEqualTo(start.parameters());
    assertThat(autoencoder.evaluate(DATA).reconstructionLoss())
        .isEqualTo(start.evaluate(DATA).reconstructionLoss());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aBadSampleAheadIsNotTakenForAnExplosion(long seed) {
    // Large values without a bound: the first batch's loss makes it look at samples of the others.
    float[][] rows = TinyData.rows(40, 12);
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= 100;
      }
    }
    rows[33][11] = Float.POSITIVE_INFINITY;
    Autoencoder autoencoder =
        Autoencoder.dense().hidden(10).bottleneck(2).output(Output.gaussian(1)).seed(seed).build();
    assertThatThrownBy(
            () -> autoencoder.fit(TinyData.unchecked(rows), Training.epochs(1).batchSize(5)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("sample 33 holds Infinity at position 11");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 8, 20, 40})
  void putsTheLastGoodEpochBack(int batchSize) {
    Autoencoder autoencoder = tiny().optimizer(Optimizer.sgd(explodesInEpoch(3))).build();
    Training training = Training.epochs(6).batchSize(batchSize);
    DivergenceException thrown = diverges(autoencoder, training);
    assertThat(thrown.epoch()).isEqualTo(3);
    assertThat(thrown.lastGoodLoss()).isLessThan(1);
    assertThat(thrown).hasMessageContaining("The weights of epoch 2 were put back");

    Autoencoder good = tiny().optimizer(Optimizer.sgd(0.5)).build();
    good.fit(DATA, Training.epochs(2).batchSize(batchSize));
    assertThat(autoencoder.parameters()).isEqualTo(good.parameters());
  }

  @Test
  void noticesThatTheVeryLastStepWentWrong() {
    // No batch follows that could show it.
    Autoencoder autoencoder = tiny().optimizer(Optimizer.sgd(explodesInEpoch(3))).build();
    DivergenceException thrown = diverges(autoencoder, Training.epochs(3).batchSize(40));
    assertThat(thrown.epoch()).isEqualTo(3);
    Autoencoder good = tiny().optimizer(Optimizer.sgd(0.5)).build();
    good.fit(DATA, Training.epochs(2).batchSize(40));
    assertThat(autoencoder.parameters()).isEqualTo(good.parameters());
  }

  @Test
  void putsTheEpochWithTheBestValidationLossBack() {
    Autoencoder autoencoder = tiny().optimizer(Optimizer.sgd(explodesInEpoch(4))).build();
    ImageSource held = TinyData.noise(10, 12, 4);
    List<EpochEnd> epochs = new ArrayList<>();
    diverges(
        autoencoder,
        Training.epochs(9)
            .batchSize(8)
            .validation(held)
            .listener(
                new TrainingListener() {
                  @Override
                  public void onEpochEnd(EpochEnd event) {
                    epochs.add(event);
                  }
                }));
    assertThat(epochs).hasSize(3);
    double best = epochs.stream().mapToDouble(EpochEnd::monitoredLoss).min().orElseThrow();
    assertThat(autoencoder.evaluate(held).reconstructionLoss()).isCloseTo(best, within(1e-6));
  }

  @Test
  void canBeTrainedOnAfterwards() {
    // Adam keeps moments, which must not carry the explosion into the next run.
    Schedule once = new Schedule.Points(Schedule.Unit.STEP, Map.of(0, 1e-2, 10, 1e3, 11, 1e-2));
    Autoencoder autoencoder = tiny().optimizer(Optimizer.adam(once)).build();
    diverges(autoencoder, Training.epochs(9).batchSize(8));
    double before = autoencoder.evaluate(DATA).reconstructionLoss();
    History history = autoencoder.fit(DATA, Training.epochs(20).batchSize(8));
    assertThat(history.trainingLosses()).doesNotContain(Double.NaN);
    assertThat(autoencoder.evaluate(DATA).reconstructionLoss()).isLessThan(0.9 * before);
  }

  @Test
  void doesNotCallASlowRunDiverged() {
    History history =
        tiny().optimizer(Optimizer.sgd(3)).build().fit(DATA, Training.epochs(5).batchSize(8));
    assertThat(history.stopReason()).isEqualTo(StopReason.COMPLETED);
  }
}
